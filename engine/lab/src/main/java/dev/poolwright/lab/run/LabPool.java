package dev.poolwright.lab.run;

import dev.poolwright.lab.run.InstanceSpec.PoolSpec;
import dev.poolwright.lab.subject.Counts;
import dev.poolwright.lab.subject.PoolSubject;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One declared pool of an instance: a real one for each process that has it, or none at all for a null pool. Thread-safe. */
final class LabPool implements AutoCloseable {

    private final InstanceSpec instance;
    private final PoolSpec spec;
    private final List<@Nullable PoolSubject> processes = new ArrayList<>();
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
        return subject(process).dataSource().getConnection();
    }

    void giveBack(Connection connection) throws SQLException {
        if (spec.behaviour() == Behaviour.NULL) {
            unpooled.decrementAndGet();
        }
        connection.close();
    }

    /** Opens so many at the same time and leaves them idle in the pool of the first process. */
    void open(int connections, ExecutorService threads) throws SQLException, InterruptedException {
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

    /** One statement that takes so long in the database. */
    void query(long takesNanos, RunClock clock) throws SQLException {
        long until = clock.nanos() + takesNanos;
        Connection connection = borrow(0);
        try (PreparedStatement statement = connection.prepareStatement("select pg_sleep(?)")) {
            statement.setDouble(1, Math.floor(takesNanos / 1e6) / 1000);
            statement.execute();
            clock.await(until);
        } finally {
            giveBack(connection);
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
            for (@Nullable PoolSubject subject : processes) {
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

    private PoolSubject subject(int process) {
        int index = process % processes.size();
        synchronized (processes) {
            PoolSubject subject = processes.get(index);
            if (subject == null) {
                subject = make();
                processes.set(index, subject);
            }
            return subject;
        }
    }

    private PoolSubject make() {
        String application = applicationName();
        if (spec.hikari()) {
            return Subjects.hikari(spec.settings(), spec.url(), instance.user(), instance.password(), application);
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
        List<PoolSubject> closing = new ArrayList<>();
        synchronized (processes) {
            for (int process = 0; process < processes.size(); process++) {
                PoolSubject subject = processes.set(process, null);
                if (subject != null) {
                    closing.add(subject);
                }
            }
        }
        closing.forEach(PoolSubject::close);
    }
}
