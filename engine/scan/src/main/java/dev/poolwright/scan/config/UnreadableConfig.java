package dev.poolwright.scan.config;

import dev.poolwright.model.fleet.Origin;

/** A configuration file that does not follow its format, or passes a bound. The message says which and where. */
public final class UnreadableConfig extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableConfig(String why, Origin origin) {
        super(origin + ": " + why);
    }
}
