package dev.poolwright.lab.server;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself and of the account that asks.
 *
 * @param version as in server_version_num: 170011 is 17.11
 * @param address of its end of the connection; empty where it does not say
 * @param slots each limit that a new connection must pass, the server's own first
 */
record ServerFacts(int version, String address, boolean readOnly, Rights rights, List<Slots> slots) {

    record Rights(boolean createDatabase, boolean createSchema, boolean createRole) {}

    /** @param most −1 for no limit; not counted in use is the session that asks */
    record Slots(String name, int most, int reserved, int inUse) {
        int free() {
            return most < 0 ? Integer.MAX_VALUE : Math.max(0, most - reserved - inUse);
        }
    }

    ServerFacts {
        slots = List.copyOf(slots);
    }

    /** An account without special rights sees no backend_type of others; a session in a database then counts as a client. */
    private static final String QUERY = """
            with others as (
              select usename, datname from pg_stat_activity
              where pid <> pg_backend_pid()
                and (backend_type = 'client backend' or (backend_type is null and datid is not null)))
            select current_setting('server_version_num')::int as version,
                   coalesce(host(inet_server_addr()), '') as address,
                   pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean as read_only,
                   r.rolcreatedb or r.rolsuper as create_database,
                   has_database_privilege(current_database(), 'create') as create_schema,
                   r.rolcreaterole or r.rolsuper as create_role,
                   current_setting('max_connections')::int as most,
                   current_setting('superuser_reserved_connections')::int
                     + coalesce(current_setting('reserved_connections', true)::int, 0) as reserved,
                   (select count(*) from others)::int as in_use,
                   r.rolname as role, r.rolconnlimit as role_most,
                   (select count(*) from others where usename = r.rolname)::int as role_in_use,
                   d.datname as database, d.datconnlimit as database_most,
                   (select count(*) from others where datname = d.datname)::int as database_in_use
            from pg_roles r, pg_database d
            where r.rolname = current_user and d.datname = current_database()""";

    static ServerFacts read(Connection session) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(QUERY);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the server knows no role current_user");
            }
            List<Slots> slots = new ArrayList<>();
            slots.add(new Slots("max_connections", row.getInt("most"), row.getInt("reserved"), row.getInt("in_use")));
            slots.add(new Slots(
                    "connection limit of role " + row.getString("role"),
                    row.getInt("role_most"),
                    0,
                    row.getInt("role_in_use")));
            slots.add(new Slots(
                    "connection limit of database " + row.getString("database"),
                    row.getInt("database_most"),
                    0,
                    row.getInt("database_in_use")));
            Rights rights = new Rights(
                    row.getBoolean("create_database"), row.getBoolean("create_schema"), row.getBoolean("create_role"));
            return new ServerFacts(
                    row.getInt("version"), row.getString("address"), row.getBoolean("read_only"), rights, slots);
        }
    }

    /** A database of one's own where that may be, else a schema, else nothing. */
    Optional<Placement> placement() {
        if (rights.createDatabase()) {
            return Optional.of(Placement.OWN_DATABASE);
        }
        return rights.createSchema() ? Optional.of(Placement.OWN_SCHEMA) : Optional.empty();
    }
}
