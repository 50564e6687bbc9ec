package dev.poolwright.lab.subject;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL client of Vert.x with its own defaults apart from what the settings say, on an event loop of its own. */
final class VertxSubject implements ReactiveSubject {

    private static final System.Logger LOG = System.getLogger(VertxSubject.class.getName());
    private static final long CLOSE_SECONDS = 4;

    private final String name;
    private final int size;
    private final Vertx vertx;
    private final Pool pool;
    private final Set<Lending> lent = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asking = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    VertxSubject(PoolSettings settings, Login login) {
        Refusals.check(PoolLibrary.VERTX, settings);
        name = login.application();
        size = settings.size();
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        pool = PgBuilder.pool()
                .with(options(settings))
                .connectingTo(new PgConnectOptions()
                        .setHost(login.host())
                        .setPort(login.port())
                        .setDatabase(login.database())
                        .setUser(login.user())
                        .setPassword(login.password())
                        .setUseLayer7Proxy(login.unnamedStatements())
                        .addProperty("application_name", name))
                .using(vertx)
                .build();
    }

    /** Vert.x writes "no limit" as 0, and for those who wait as −1. */
    private static PoolOptions options(PoolSettings settings) {
        return new PoolOptions()
                .setMaxSize(settings.size())
                .setMaxWaitQueueSize(settings.waiterLimit() == Integer.MAX_VALUE ? -1 : settings.waiterLimit())
                .setConnectionTimeout(millis(settings.acquireTimeout()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxLifetime(millis(settings.maxLifetime()))
                .setMaxLifetimeUnit(TimeUnit.MILLISECONDS);
    }

    private static int millis(Duration limit) {
        return limit.equals(PoolSettings.FOREVER) ? 0 : (int) Math.min(Integer.MAX_VALUE, limit.toMillis());
    }

    @Override
    public CompletableFuture<Session> borrow() {
        CompletableFuture<Session> borrowed = new CompletableFuture<>();
        asking.incrementAndGet();
        pool.getConnection().onComplete(asked -> {
            asking.decrementAndGet();
            if (asked.failed()) {
                borrowed.completeExceptionally(asked.cause());
                return;
            }
            Lending session = new Lending(asked.result());
            lent.add(session);
            if (!borrowed.complete(session)) {
                CompletableFuture<?> unused = session.giveBack();
            }
        });
        return borrowed;
    }

    /** The client tells how many connections it has; who holds and who waits is counted here. */
    @Override
    public Counts counts() {
        int held = lent.size();
        int asked = asking.get();
        int opening = Math.min(asked, Math.max(0, size - held));
        return new Counts(held + opening, pool.size(), asked - opening);
    }

    @Override
    public Refused refused(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ConnectionPoolTooBusyException || message.contains("max wait queue size")) {
            return new Refused(Why.WAITERS, message);
        }
        if (message.equals("Timeout")) {
            return new Refused(Why.ACQUIRE_TIMEOUT, message);
        }
        boolean full = failure instanceof PgException known && "53300".equals(known.getSqlState());
        return new Refused(full ? Why.SERVER_FULL : Why.CONNECT, message);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            await(pool.close());
            await(vertx.close());
        }
    }

    private void await(Future<Void> closing) {
        try {
            closing.toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Vert.x: " + name + " did not close: " + e.getMessage(), e);
        }
    }

    /** One lent connection. */
    private final class Lending implements Session {
        private final SqlConnection connection;
        private final AtomicBoolean givenBack = new AtomicBoolean();

        Lending(SqlConnection connection) {
            this.connection = connection;
            // Without a handler the client logs each cut connection with its stack; the borrower is told by its
            // statement.
            connection.exceptionHandler(cut -> LOG.log(System.Logger.Level.DEBUG, "a connection was cut", cut));
        }

        @Override
        public CompletableFuture<Long> execute(String sql, List<Object> arguments) {
            return rows(sql, arguments)
                    .thenApply(rows -> (long) Math.max(rows.rowCount(), rows.size()))
                    .toCompletableFuture();
        }

        @Override
        public CompletableFuture<Long> number(String sql, List<Object> arguments) {
            return rows(sql, arguments)
                    .thenApply(rows -> rows.iterator().next().getLong(0))
                    .toCompletableFuture();
        }

        private CompletableFuture<RowSet<Row>> rows(String sql, List<Object> arguments) {
            return connection
                    .preparedQuery(sql)
                    .execute(Tuple.wrap(arguments))
                    .toCompletionStage()
                    .toCompletableFuture();
        }

        @Override
        public CompletableFuture<@Nullable Void> giveBack() {
            if (!givenBack.compareAndSet(false, true)) {
                return CompletableFuture.completedFuture(null);
            }
            lent.remove(this);
            CompletableFuture<@Nullable Void> back = new CompletableFuture<>();
            connection.close().onComplete(ended -> {
                if (ended.failed()) {
                    back.completeExceptionally(ended.cause());
                } else {
                    back.complete(null);
                }
            });
            return back;
        }
    }
}
