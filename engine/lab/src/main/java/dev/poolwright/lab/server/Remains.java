package dev.poolwright.lab.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What of one run is still on a server: things that bear its name, and sessions. */
record Remains(String name) {

    static Remains of(RunName run) {
        return new Remains(run.onServer());
    }

    /** Sessions in its database, of its role, or that bear its name; not the one that asks. Parameters: the name, four times. */
    private static final String SESSIONS = """
            from pg_stat_activity
            where pid <> pg_backend_pid()
              and (datname = ? or usename = ? or application_name = ? or application_name ~ ('^' || ? || '[/:]'))""";

    /** "database x", "schema x", "role x", as far as they are there. A schema only of the session's own database. */
    List<String> things(Connection session) throws SQLException {
        return Sql.column(session, """
                select 'database ' || datname from pg_database where datname = ?
                union all select 'schema ' || nspname from pg_namespace where nspname = ?
                union all select 'role ' || rolname from pg_roles where rolname = ?""", name, name, name);
    }

    List<String> sessions(Connection session) throws SQLException {
        return Sql.column(
                session,
                "select 'session ' || pid || ' of user ' || coalesce(usename, '') || ' (' || coalesce(application_name, '') || ')' "
                        + SESSIONS,
                name,
                name,
                name,
                name);
    }

    List<String> processes(Connection session) throws SQLException {
        return Sql.column(session, "select pid " + SESSIONS, name, name, name, name);
    }
}
