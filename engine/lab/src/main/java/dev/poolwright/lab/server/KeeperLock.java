package dev.poolwright.lab.server;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The advisory lock that a living run holds under its name. The server frees it with the session, however the process
 * ended, and shows it to every account, which it does not with application names.
 */
final class KeeperLock {

    /** "pool" in ASCII: keeps clear of other users of advisory locks. */
    private static final int CLASS = 0x706F6F6C;

    private KeeperLock() {}

    static boolean take(Connection session, String name) throws SQLException {
        return Sql.text(session, "select pg_try_advisory_lock(" + CLASS + ", hashtext(?))", name)
                .orElse("")
                .equals("t");
    }

    /** In any database of the server: runs may have come through different ones. */
    static boolean held(Connection session, String name) throws SQLException {
        return Sql.text(
                        session,
                        "select 1 from pg_locks where locktype = 'advisory' and classid::bigint = " + CLASS
                                + " and objid::bigint = hashtext(?)::bigint & 4294967295",
                        name)
                .isPresent();
    }
}
