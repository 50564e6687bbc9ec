package dev.poolwright.model.fleet;

import dev.poolwright.policy.Wait;

/**
 * PgBouncer and its like: a pool that has clients. It holds one pool for each pair of database and role.
 *
 * @param to the server (or next pooler) behind it
 * @param path the path to it; empty for none
 * @param mode when a server connection goes back to the pool
 * @param poolSize server connections for each pair of database and role
 * @param reserve extra server connections for each pair
 * @param clients how many client connections it takes
 * @param queryWait how long a client may wait for a server connection
 * @param preparedStatements protocol-level prepared statements it tracks for each connection; 0 tracks none
 */
public record Pooler(
        String name,
        Target to,
        String path,
        Mode mode,
        Value<Integer> poolSize,
        Value<Integer> reserve,
        Value<Limit> clients,
        Value<Wait> queryWait,
        int preparedStatements,
        Origin origin) {

    /** When a server connection goes back. */
    public enum Mode {
        SESSION,
        TRANSACTION,
        STATEMENT
    }
}
