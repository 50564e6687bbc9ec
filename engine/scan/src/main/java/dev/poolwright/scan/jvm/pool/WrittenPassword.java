package dev.poolwright.scan.jvm.pool;

import dev.poolwright.model.fact.DatabaseUrl.Password;
import dev.poolwright.model.fleet.Origin;

/**
 * A password that stands beside a URL. Never the password itself.
 *
 * @param how it is written
 * @param origin where it stands
 */
public record WrittenPassword(Password how, Origin origin) {

    /** No password is written beside the URL. */
    public static final WrittenPassword NONE = new WrittenPassword(Password.NONE, Origin.NONE);
}
