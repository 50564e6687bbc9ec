package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Sees the run from the server's side, through a session of its own that is opened before the load and never through
 * the pool under test. Of the subjects are the sessions in the run's database, of its role, or that bear its name. One
 * thread at a time.
 */
public final class Observer implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    /** A look that takes longer is a failed one: the figures would be of no known moment. */
    private static final int LOOK_MILLIS = 2000;

    private static final String QUERY = """
            with clients as (
              select coalesce(application_name, '') as application, state, datname = ? or usename = ? or application_name ~ ('^' || ? || '(/|$)') as of_run
              from pg_stat_activity
              where backend_type = 'client backend' or (backend_type is null and datid is not null))
            select application, of_run and application !~ '^poolwright_[a-z0-9_]+:' as subject, count(*)::int as open,
                   (count(*) filter (where state = 'active'))::int as active,
                   (count(*) filter (where state = 'idle'))::int as idle,
                   (count(*) filter (where state like 'idle in transaction%'))::int as idle_in_transaction,
                   current_setting('max_connections')::int as most
            from clients group by application, subject""";

    private final DatabaseUrl url;
    private final RunName run;
    private final Clock clock;
    private Connection session;

    private Observer(DatabaseUrl url, RunName run, Clock clock, Connection session) {
        this.url = url;
        this.run = run;
        this.clock = clock;
        this.session = session;
    }

    /**
     * Opens the session, with the account that made the run's database.
     *
     * @throws ServerRefusal when the server gives none
     */
    public static Observer open(RunDatabase database, Clock clock) {
        DatabaseUrl url = database.ownerUrl();
        try {
            return new Observer(url, database.run(), clock, connect(url, database.run()));
        } catch (SQLException e) {
            throw new ServerRefusal(NoSession.problem(url, e), e);
        }
    }

    private static Connection connect(DatabaseUrl url, RunName run) throws SQLException {
        Connection session = url.open(run.observer(), CONNECT_LIMIT);
        session.setNetworkTimeout(Runnable::run, LOOK_MILLIS);
        return session;
    }

    /**
     * One look. A session that broke (a fault may restart the server) is opened anew by the next look.
     *
     * @throws SQLException when the server did not answer in time
     */
    public ServerSample sample() throws SQLException {
        if (session.isClosed()) {
            session = connect(url, run);
        }
        Map<String, ServerSample.Sessions> byApplication = new HashMap<>();
        ServerSample.Sessions all = ServerSample.Sessions.NONE;
        int total = 0;
        int most = 0;
        try (PreparedStatement statement = session.prepareStatement(QUERY)) {
            for (int i = 1; i <= 3; i++) {
                statement.setString(i, run.onServer());
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    most = row.getInt("most");
                    total += row.getInt("open");
                    if (row.getBoolean("subject")) {
                        ServerSample.Sessions sessions = new ServerSample.Sessions(
                                row.getInt("open"),
                                row.getInt("active"),
                                row.getInt("idle"),
                                row.getInt("idle_in_transaction"));
                        byApplication.merge(row.getString("application"), sessions, ServerSample.Sessions::plus);
                        all = all.plus(sessions);
                    }
                }
            }
        }
        return new ServerSample(clock.nanos(), most, total, all, byApplication);
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
