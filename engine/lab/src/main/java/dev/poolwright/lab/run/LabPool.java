package dev.poolwright.lab.run;

import dev.poolwright.lab.run.InstanceSpec.PoolSpec;
import dev.poolwright.lab.subject.Counts;
import dev.poolwright.lab.subject.Login;
import dev.poolwright.lab.subject.PoolSubject;
import dev.poolwright.lab.subject.ReactiveSubject;
import dev.poolwright.lab.subject.ReactiveSubject.Session;
import dev.poolwright.lab.subject.Subject;
import dev.poolwright.lab.subject.Subject.Refused;
import dev.poolwright.lab.subject.Subjects;
import dev.poolwright.lab.subject.Tasks;
import dev.poolwright.model.plan.Topology.Behaviour;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One declared pool of an instance: a real one for each process that has it, or none at all for a null pool. Thread-safe. */
final class LabPool implements AutoCloseable {

    private final InstanceSpec instance;
    private final PoolSpec spec;
    private final List<@Nullable Subject> processes = new ArrayList<>();
    private final AtomicInteger unpooled = new AtomicInteger();

    LabPool(InstanceSpec instance, PoolSpec spec) {
        this.instance = instance;
        this.spec = spec;
        for (int process = 0; process < spec.processes(); process++) {
            processes.add(null);
        }
    }

    String name() {
        return spec.name();
    }

    String server() {
        return spec.server();
    }

    /** size + overflow of one process; {@code Integer.MAX_VALUE} for no limit. */
    int limit() {
        boolean unlimited = spec.behaviour() == Behaviour.NULL
                || spec.size() == Integer.MAX_VALUE
                || spec.overflow() == Integer.MAX_VALUE;
        return unlimited ? Integer.MAX_VALUE : spec.size() + spec.overflow();
    }

    /** Lends a connection of the process's pool; waits as the pool does. */
    Connection borrow(int process) throws SQLException {
        if (spec.behaviour() == Behaviour.NULL) {
            Connection connection = openUnpooled();
            unpooled.incrementAndGet();
            return connection;
        }
        if (subject(process) instanceof PoolSubject blocking) {
            return blocking.dataSource().getConnection();
        }
        throw new SQLException("pool = " + name() + ": its callers do not block; it is asked, not borrowed from");
    }

    /** Whether callers of this pool never block a thread: then {@link #ask}, else {@link #borrow}. */
    boolean isReactive() {
        return spec.behaviour() != Behaviour.NULL && spec.choice().library().isReactive();
    }

    /** Asks for a connection of the process's pool. */
    CompletableFuture<Session> ask(int process) {
        if (subject(process) instanceof ReactiveSubject reactive) {
            return reactive.borrow();
        }
        return CompletableFuture.failedFuture(
                new SQLException("pool = " + name() + ": its callers block; it is borrowed from, not asked"));
    }

    /** Why a borrow failed. */
    Refused refused(int process, Throwable failure) {
        return spec.behaviour() == Behaviour.NULL
                ? Subjects.refusedByDriver(failure)
                : subject(process).refused(failure);
    }

    void giveBack(Connection connection) throws SQLException {
        if (spec.behaviour() == Behaviour.NULL) {
            unpooled.decrementAndGet();
        }
        connection.close();
    }

    /** Opens so many at the same time and leaves them idle in the pool of the first process. */
    void open(int connections, ExecutorService threads) throws SQLException, InterruptedException {
        if (isReactive()) {
            askForAll(connections);
            return;
        }
        List<Future<Connection>> opening = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Callable<Connection> borrow = () -> borrow(0);
            opening.add(threads.submit(borrow));
        }
        List<Connection> opened = new ArrayList<>();
        try {
            for (Future<Connection> future : opening) {
                opened.add(future.get());
            }
        } catch (ExecutionException e) {
            throw new SQLException("opening " + connections + " connections of " + name(), e.getCause());
        } finally {
            opening.forEach(future -> future.cancel(true));
            for (Connection connection : opened) {
                giveBack(connection);
            }
        }
    }

    private void askForAll(int connections) throws SQLException, InterruptedException {
        List<CompletableFuture<Session>> asked = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            asked.add(ask(0));
        }
        try {
            for (CompletableFuture<Session> one : asked) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new SQLException("opening " + connections + " connections of " + name(), e.getCause());
        } finally {
            for (CompletableFuture<Session> one : asked) {
                one.cancel(true);
                CompletableFuture<?> unused = one.thenCompose(Session::giveBack);
            }
        }
    }

    /** One statement that takes so long in the database. */
    void query(long takesNanos, RunClock clock) throws SQLException {
        long until = clock.nanos() + takesNanos;
        if (isReactive()) {
            askAndQuery(takesNanos);
            clock.await(until);
            return;
        }
        Connection connection = borrow(0);
        try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(?)")) {
            statement.setDouble(1, Math.floor(takesNanos / 1e6) / 1000);
            statement.execute();
            clock.await(until);
        } finally {
            giveBack(connection);
        }
    }

    private void askAndQuery(long takesNanos) throws SQLException {
        CompletableFuture<Session> asked = ask(0);
        try {
            Session session = asked.get();
            session.execute(ReactiveAttempt.SLEEP, List.of(Math.floor(takesNanos / 1e6) / 1000))
                    .get();
            session.giveBack().get();
        } catch (ExecutionException e) {
            throw new SQLException("a query of " + name(), e.getCause());
        } catch (InterruptedException e) {
            asked.cancel(true);
            CompletableFuture<?> unused = asked.thenCompose(Session::giveBack);
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted in a query of " + name(), e);
        }
    }

    /** Closes every connection, those still being opened included; the next borrow begins anew. */
    void reset() {
        close();
    }

    Counts counts() {
        if (spec.behaviour() == Behaviour.NULL) {
            return new Counts(unpooled.get(), unpooled.get(), 0);
        }
        int inUse = 0;
        int open = 0;
        int waiting = 0;
        synchronized (processes) {
            for (@Nullable Subject subject : processes) {
                if (subject != null) {
                    Counts counts = subject.counts();
                    inUse += counts.inUse();
                    open += counts.open();
                    waiting += counts.waiting();
                }
            }
        }
        return new Counts(inUse, open, waiting);
    }

    private Subject subject(int process) {
        int index = process % processes.size();
        synchronized (processes) {
            Subject subject = processes.get(index);
            if (subject == null) {
                subject = make();
                processes.set(index, subject);
            }
            return subject;
        }
    }

    private Subject make() {
        String application = applicationName();
        if (!spec.isDouble()) {
            Login login = new Login(spec.url(), instance.user(), instance.password(), application);
            return Subjects.of(spec.choice().library(), spec.settings(), login);
        }
        return Tasks.areVirtual()
                ? Subjects.overflowForVirtualThreads(
                        spec.settings(),
                        spec.connectLimit(),
                        spec.url(),
                        instance.user(),
                        instance.password(),
                        application)
                : Subjects.overflow(spec.settings(), spec.url(), instance.user(), instance.password(), application);
    }

    private Connection openUnpooled() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", instance.user());
        properties.setProperty("password", instance.password());
        properties.setProperty("ApplicationName", applicationName());
        properties.setProperty(
                "connectTimeout", Long.toString(spec.connectTimeout().toSeconds()));
        return DriverManager.getConnection(spec.url(), properties);
    }

    private String applicationName() {
        return instance.application() + "/" + spec.name();
    }

    @Override
    public void close() {
        List<Subject> closing = new ArrayList<>();
        synchronized (processes) {
            for (int process = 0; process < processes.size(); process++) {
                Subject subject = processes.set(process, null);
                if (subject != null) {
                    closing.add(subject);
                }
            }
        }
        closing.forEach(Subject::close);
    }
}
