package dev.poolwright.lab.subject;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.ConnectionFactory;

/** Commons DBCP2 with its own defaults apart from what the settings say. Opens its connections when they are needed. */
final class DbcpSubject implements PoolSubject {

    private final String name;
    private final Remembering pool = new Remembering();

    DbcpSubject(PoolSettings settings, Login login, Properties driverProperties) {
        Refusals.check(PoolLibrary.DBCP, settings);
        name = login.application();
        pool.setUrl(login.jdbcUrl());
        pool.setDriverClassName("org.postgresql.Driver");
        driverProperties.forEach((key, value) -> pool.addConnectionProperty(key.toString(), value.toString()));
        pool.setMaxTotal(settings.size());
        pool.setMaxIdle(settings.size());
        pool.setMinIdle(settings.minimumIdle());
        pool.setInitialSize(settings.minimumIdle());
        pool.setMaxWait(minusForNone(settings.acquireTimeout()));
        pool.setMaxConn(minusForNone(settings.maxLifetime()));
        pool.setTestOnBorrow(settings.prePing());
        pool.setLifo(settings.lifo());
    }

    /** DBCP2 writes "no limit" as a negative time. */
    private static Duration minusForNone(Duration limit) {
        return limit.equals(PoolSettings.FOREVER) ? Duration.ofMillis(-1) : limit;
    }

    @Override
    public DataSource dataSource() {
        return pool;
    }

    @Override
    public Counts counts() {
        return pool.counts();
    }

    /** {@code Cannot get a connection, pool error Timeout waiting for idle object}, caused by a NoSuchElementException. */
    @Override
    public boolean isTimeout(Throwable failure, String state) {
        return failure instanceof SQLException && failure.getCause() instanceof NoSuchElementException;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        pool.closeAll();
    }

    /** DBCP2 leaves what is lent to its borrowers when it is closed; an instance that ends takes those with it. */
    private static final class Remembering extends BasicDataSource {
        private final Set<Connection> opened = ConcurrentHashMap.newKeySet();

        @Override
        protected ConnectionFactory createConnectionFactory() throws SQLException {
            ConnectionFactory factory = super.createConnectionFactory();
            return () -> {
                opened.removeIf(Remembering::isClosed);
                Connection connection = factory.createConnection();
                opened.add(connection);
                return connection;
            };
        }

        Counts counts() {
            // The pool below is made at the first borrow.
            var connections = getConnectionPool();
            if (connections == null) {
                return new Counts(0, 0, 0);
            }
            int inUse = connections.getNumActive();
            return new Counts(inUse, inUse + connections.getNumIdle(), connections.getNumWaiters());
        }

        void closeAll() {
            try {
                close();
            } catch (SQLException e) {
                throw new IllegalStateException("DBCP2 did not close: " + e.getMessage(), e);
            } finally {
                opened.forEach(Remembering::abort);
            }
        }

        private static boolean isClosed(Connection connection) {
            try {
                return connection.isClosed();
            } catch (SQLException e) {
                return true;
            }
        }

        private static void abort(Connection connection) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                System.getLogger(DbcpSubject.class.getName())
                        .log(System.Logger.Level.DEBUG, "cutting a connection that is given up", e);
            }
        }
    }
}
