package dev.poolwright.lab.server;

import dev.poolwright.policy.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a run off a server: no new sessions, end the old ones, drop what it made, look. Every step is tried even if one
 * before it failed; what counts is what is found at the end. For one thread.
 */
final class RunEnd {

    /** Before the drop; times 10 ms. A session ends within one or two unless the server is stuck. */
    private static final int MOST_LOOKS = 150;

    /** How long one statement may take; the limit of the whole is checked between them. */
    private static final Duration STATEMENT = Duration.ofSeconds(3);

    private final DatabaseUrl url;
    private final RunName run;
    private final Placement placement;
    private final Clock clock;
    private final long begin;
    private final List<String> removed = new ArrayList<>();
    private final List<Problem> refusals = new ArrayList<>();

    /** @param url as the run was made with: outside of what is dropped */
    RunEnd(DatabaseUrl url, RunName run, Placement placement, Clock clock) {
        this.url = url;
        this.run = run;
        this.placement = placement;
        this.clock = clock;
        this.begin = clock.nanos();
    }

    /** @param keeper an open session outside of what is dropped; broken or missing, another one is opened */
    CleanUp with(Optional<Connection> keeper) {
        try (Connection session = usable(keeper)) {
            session.setNetworkTimeout(Runnable::run, (int) CleanUp.LIMIT.toMillis());
            Sql.run(session, "set statement_timeout = " + STATEMENT.toMillis());
            List<String> before = Remains.of(run).things(session);
            removeAll(session, before);
            return found(session, before);
        } catch (SQLException e) {
            refusals.add(new Problem(
                    "whether anything of " + run.onServer() + " is left cannot be looked up: " + e.getMessage(),
                    "when the server answers again, the next run removes it"));
            return new CleanUp(took(), removed, refusals);
        }
    }

    private void removeAll(Connection session, List<String> things) {
        String name = Sql.quoted(run.onServer());
        boolean ownDatabase = things.contains("database " + run.onServer());
        if (ownDatabase) {
            attempt(session, "alter database " + name + " allow_connections false");
        }
        if (things.contains("role " + run.onServer())) {
            attempt(session, "alter role " + name + " nologin");
        }
        endSessions(session);
        if (ownDatabase) {
            attempt(session, "drop database " + name);
        }
        if (placement == Placement.OWN_SCHEMA && things.contains("schema " + run.onServer())) {
            attempt(session, "drop schema " + name + " cascade");
        }
        if (things.contains("role " + run.onServer())) {
            if (placement == Placement.OWN_SCHEMA) {
                attempt(session, "revoke all on database " + Sql.quoted(url.database()) + " from " + name);
            }
            attempt(session, "drop role " + name);
        }
    }

    private void endSessions(Connection session) {
        try {
            for (int look = 0; look < MOST_LOOKS; look++) {
                List<String> processes = Remains.of(run).processes(session);
                if (processes.isEmpty()) {
                    return;
                }
                for (String process : processes) {
                    // Again at every look: one that was still logging in at the first has no ear for it yet.
                    if (!attempt(session, "select pg_terminate_backend(" + process + ")")) {
                        return;
                    }
                }
                Sql.run(session, "select pg_sleep(0.01)");
            }
        } catch (SQLException e) {
            refusals.add(refusal("end sessions", e));
        }
    }

    private boolean attempt(Connection session, String statement) {
        try {
            Sql.run(session, statement);
            return true;
        } catch (SQLException e) {
            refusals.add(refusal(statement, e));
            return false;
        }
    }

    private static Problem refusal(String act, SQLException e) {
        return new Problem(
                "the server refused: " + act + ": " + e.getMessage(), "do it by hand with an account that may");
    }

    /** A refusal is only worth telling where something is left; the rest was done another way. */
    private CleanUp found(Connection session, List<String> before) throws SQLException {
        List<Problem> left = new ArrayList<>();
        List<String> things = Remains.of(run).things(session);
        for (String thing : things) {
            left.add(new Problem(thing + " is still there", "drop " + thing));
        }
        for (String other : Remains.of(run).sessions(session)) {
            left.add(new Problem(other + " is still open", "end it with an account that may (pg_terminate_backend)"));
        }
        before.stream().filter(thing -> !things.contains(thing)).forEach(removed::add);
        if (!left.isEmpty()) {
            left.addAll(refusals);
        }
        return new CleanUp(took(), removed, left);
    }

    private Duration took() {
        return Duration.ofNanos(clock.nanos() - begin);
    }

    private Connection usable(Optional<Connection> keeper) throws SQLException {
        if (keeper.isPresent() && keeper.get().isValid(1)) {
            return keeper.get();
        }
        return url.open(run.keeper(), CleanUp.LIMIT.dividedBy(2));
    }
}
