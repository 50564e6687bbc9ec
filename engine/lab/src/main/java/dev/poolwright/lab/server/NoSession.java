package dev.poolwright.lab.server;

import java.sql.SQLException;

/** Why a server gave no session, in the user's words. SQLSTATE: PostgreSQL manual, Appendix A. */
final class NoSession {

    private NoSession() {}

    static Problem problem(DatabaseUrl url, SQLException refused) {
        String state = refused.getSQLState() == null ? "" : refused.getSQLState();
        if (state.equals("28P01")) {
            return url.password().isPresent()
                    ? new Problem(
                            "the server refuses the password of user " + url.user() + " (28P01)",
                            "check user and password of the database URL, or PGPASSWORD")
                    : new Problem(
                            "the server wants a password for user " + url.user() + " and none is given (28P01)",
                            "write it into the URL, or set PGPASSWORD or PGPASSFILE");
        }
        if (state.equals("3D000")) {
            return new Problem(
                    "database = " + url.database() + " does not exist (3D000)", "name one that exists: " + url);
        }
        if (state.equals("53300")) {
            return new Problem(
                    "too few free slots: the server has not one left (53300)",
                    "end other connections, or raise max_connections");
        }
        if (state.startsWith("08")) {
            // 08001 and 08006: nobody there, or somebody who says nothing within the limit.
            return url.password().isEmpty()
                            && String.valueOf(refused.getMessage()).contains("password")
                    ? new Problem(
                            "the server wants a password for user " + url.user() + " and none is given",
                            "write it into the URL, or set PGPASSWORD or PGPASSFILE")
                    : new Problem(
                            "no PostgreSQL answers at " + url.host() + ":" + url.port() + " (" + state + ")",
                            "start it, or check host and port of the database URL");
        }
        return new Problem(
                "the server gives no session at " + url + ": " + refused.getMessage() + " (" + state + ")",
                "see what the server's log says of it");
    }
}
