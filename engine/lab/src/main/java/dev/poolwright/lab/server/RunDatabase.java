package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a run has on a server for itself: a database or a schema, in it the table of its evidence, and perhaps a role.
 * It keeps one session open as long as the run lives, which tells other runs so. Thread-safe.
 */
public final class RunDatabase implements AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final DatabaseUrl server;
    private final DatabaseUrl owner;
    private final DatabaseUrl subjects;
    private final RunName run;
    private final Placement placement;
    private final Connection keeper;
    private final Clock clock;
    private final AtomicReference<CleanUp> ended = new AtomicReference<>();

    private RunDatabase(
            DatabaseUrl server,
            DatabaseUrl owner,
            DatabaseUrl subjects,
            RunName run,
            Placement placement,
            Connection keeper,
            Clock clock) {
        this.server = server;
        this.owner = owner;
        this.subjects = subjects;
        this.run = run;
        this.placement = placement;
        this.keeper = keeper;
        this.clock = clock;
    }

    /**
     * Makes it as a preflight without problems foresaw.
     *
     * @throws ServerRefusal when the server refuses; what was made by then is taken away again
     */
    public static RunDatabase create(LabServer server, RunName run, Preflight preflight, Clock clock) {
        Placement placement = preflight.orThrow().placement().orElseThrow();
        DatabaseUrl url = server.url();
        Connection keeper = null;
        try {
            keeper = url.open(run.keeper(), CONNECT_LIMIT);
            if (!KeeperLock.take(keeper, run.onServer())) {
                throw new SQLException("another living run is called so");
            }
            return make(url, run, placement, preflight.ownRole(), keeper, clock);
        } catch (SQLException e) {
            closeQuietly(keeper, e);
            throw new ServerRefusal(
                    new Problem(
                            "the run's " + placement.word() + " " + run.onServer() + " cannot be made at " + url + ": "
                                    + e.getMessage(),
                            "see the server's words; a name left by an earlier run goes with the clean-up of leftovers"),
                    e);
        }
    }

    private static RunDatabase make(
            DatabaseUrl url, RunName run, Placement placement, boolean ownRole, Connection keeper, Clock clock)
            throws SQLException {
        boolean database = placement == Placement.OWN_DATABASE;
        DatabaseUrl place = database ? url.inDatabase(run.onServer()) : url.inSchema(run.onServer());
        DatabaseUrl subjects = ownRole ? place.as(run.onServer(), Secret.fresh()) : place;
        // Refused before anything is made, so that the end below takes away nothing that is another's.
        if (!Remains.of(run).things(keeper).isEmpty()) {
            throw new SQLException("it is there already");
        }
        RunDatabase made = new RunDatabase(url, place, subjects, run, placement, keeper, clock);
        try {
            made.fill(ownRole);
            return made;
        } catch (SQLException e) {
            CleanUp undone = made.end();
            undone.leftovers().forEach(left -> e.addSuppressed(new ServerRefusal(List.of(left))));
            throw e;
        }
    }

    private void fill(boolean ownRole) throws SQLException {
        String name = Sql.quoted(run.onServer());
        if (ownRole) {
            createRole(name);
        }
        String schema = placement == Placement.OWN_DATABASE ? "public" : name;
        if (placement == Placement.OWN_DATABASE) {
            // template0: what somebody has put into template1 is no part of a run.
            Sql.run(
                    keeper,
                    "create database " + name + " template template0",
                    "comment on database " + name + " is '" + marker() + "'");
        } else {
            inOneTransaction(keeper, "create schema " + name, "comment on schema " + name + " is '" + marker() + "'");
        }
        try (Connection inside = owner.open(run.keeper(), CONNECT_LIMIT)) {
            Sql.run(inside, Evidence.table(schema));
            if (ownRole) {
                Sql.run(
                        inside,
                        "grant connect, temporary on database " + Sql.quoted(owner.database()) + " to " + name,
                        "grant usage, create on schema " + schema + " to " + name,
                        "grant insert, select on " + schema + ".evidence to " + name);
            }
        }
    }

    private void createRole(String name) throws SQLException {
        String verifier = ScramVerifier.of(subjects.password().orElseThrow());
        inOneTransaction(
                keeper,
                "create role " + name + " login password '" + verifier + "'",
                "comment on role " + name + " is '" + marker() + "'",
                // So that a creator who is no superuser may end the role's sessions.
                "grant " + name + " to current_user");
    }

    private static String marker() {
        return RunOwner.current().text().replace("'", "''");
    }

    private static void inOneTransaction(Connection session, String... statements) throws SQLException {
        session.setAutoCommit(false);
        try {
            Sql.run(session, statements);
            session.commit();
        } catch (SQLException e) {
            session.rollback();
            throw e;
        } finally {
            session.setAutoCommit(true);
        }
    }

    /** What it is called, and its sessions. */
    public RunName run() {
        return run;
    }

    public Placement placement() {
        return placement;
    }

    /** For the subjects of the run. */
    public DatabaseUrl url() {
        return subjects;
    }

    /** With the account that made it, which sees all of the run's sessions. */
    DatabaseUrl ownerUrl() {
        return owner;
    }

    /** The schema the run's tables lie in, quoted for SQL. */
    public String schema() {
        return placement == Placement.OWN_DATABASE ? "public" : Sql.quoted(run.onServer());
    }

    /**
     * Ends the run's sessions, drops what it made and looks whether it is gone, all within {@link CleanUp#LIMIT}. The
     * second call gives the first one's answer.
     */
    public synchronized CleanUp end() {
        CleanUp before = ended.get();
        if (before != null) {
            return before;
        }
        CleanUp cleanUp = new RunEnd(server, run, placement, clock).with(Optional.of(keeper));
        ended.set(cleanUp);
        return cleanUp;
    }

    /** As {@link #end()}; @throws ServerRefusal when something is left */
    @Override
    public void close() {
        end().orThrow();
    }

    private static void closeQuietly(@Nullable Connection session, SQLException reason) {
        if (session != null) {
            try {
                session.close();
            } catch (SQLException e) {
                reason.addSuppressed(e);
            }
        }
    }
}
