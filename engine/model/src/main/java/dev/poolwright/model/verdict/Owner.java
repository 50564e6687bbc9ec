package dev.poolwright.model.verdict;

import java.util.Locale;

/** Whose a break is (R56). Undetermined is allowed, wrong is not. */
public enum Owner {
    CONFIGURATION,
    APPLICATION,
    POOL,
    PATH,
    SERVER,
    PLATFORM,
    UNDETERMINED;

    /** The word in files and reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
