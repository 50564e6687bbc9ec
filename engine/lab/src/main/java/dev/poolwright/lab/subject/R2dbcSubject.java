package dev.poolwright.lab.subject;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** r2dbc-pool over r2dbc-postgresql, each with its own defaults apart from what the settings say. */
final class R2dbcSubject implements ReactiveSubject {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(4);

    /** r2dbc-pool writes "no limit" as a negative time. */
    private static final Duration NONE = Duration.ofMillis(-1);

    private final String name;
    private final ConnectionPool pool;
    private final Set<Lending> lent = ConcurrentHashMap.newKeySet();

    R2dbcSubject(PoolSettings settings, Login login) {
        Refusals.check(PoolLibrary.R2DBC, settings);
        name = login.application();
        PostgresqlConnectionFactory driver = new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(login.host())
                .port(login.port())
                .database(login.database())
                .username(login.user())
                .password(login.password())
                .applicationName(name)
                .connectTimeout(settings.connectTimeout())
                .preparedStatementCacheQueries(login.unnamedStatements() ? 0 : -1)
                .build());
        pool = new ConnectionPool(ConnectionPoolConfiguration.builder(driver)
                .name(name)
                .maxSize(settings.size())
                .initialSize(settings.minimumIdle())
                .minIdle(settings.minimumIdle())
                .maxAcquireTime(negativeForNone(settings.acquireTimeout()))
                .maxLifeTime(negativeForNone(settings.maxLifetime()))
                .validationDepth(settings.prePing() ? ValidationDepth.REMOTE : ValidationDepth.LOCAL)
                .build());
    }

    private static Duration negativeForNone(Duration limit) {
        return limit.equals(PoolSettings.FOREVER) ? NONE : limit;
    }

    @Override
    public CompletableFuture<Session> borrow() {
        CompletableFuture<Session> borrowed = new CompletableFuture<>();
        Disposable asking = pool.create()
                .subscribe(
                        connection -> {
                            Lending session = lend(connection);
                            if (!borrowed.complete(session)) {
                                CompletableFuture<?> unused = session.giveBack();
                            }
                        },
                        borrowed::completeExceptionally);
        return leaving(borrowed, asking);
    }

    private static CompletableFuture<Session> leaving(CompletableFuture<Session> borrowed, Disposable asking) {
        CompletableFuture<Session> unused = borrowed.whenComplete((session, failure) -> {
            if (borrowed.isCancelled()) {
                asking.dispose();
            }
        });
        return borrowed;
    }

    private Lending lend(Connection connection) {
        Lending session = new Lending(connection);
        lent.add(session);
        return session;
    }

    @Override
    public Counts counts() {
        Optional<PoolMetrics> metrics = pool.getMetrics();
        return metrics.map(now ->
                        new Counts(now.acquiredSize(), now.allocatedSize(), Math.max(0, now.pendingAcquireSize())))
                .orElse(new Counts(0, 0, 0));
    }

    @Override
    public Refused refused(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof R2dbcTimeoutException) {
            return new Refused(Why.ACQUIRE_TIMEOUT, message);
        }
        boolean full = failure instanceof R2dbcException known && "53300".equals(known.getSqlState());
        return new Refused(full ? Why.SERVER_FULL : Why.CONNECT, message);
    }

    @Override
    public String name() {
        return name;
    }

    /** What is lent is cut, as it is when a process ends; the pool itself would leave it to its borrowers. */
    @Override
    public void close() {
        pool.disposeLater()
                .then(Flux.fromIterable(lent).flatMap(Lending::cut).then())
                .block(CLOSE_WITHIN);
    }

    /** One lent connection. */
    private final class Lending implements Session {
        private final Connection connection;
        private final AtomicBoolean givenBack = new AtomicBoolean();

        Lending(Connection connection) {
            this.connection = connection;
        }

        @Override
        public CompletableFuture<Long> execute(String sql, List<Object> arguments) {
            return Flux.from(bound(sql, arguments).execute())
                    .flatMap(result -> result.flatMap(Lending::counted))
                    .reduce(0L, Math::max)
                    .toFuture()
                    .thenApply(Objects::requireNonNull);
        }

        /** Rows are counted by the server at their end, so each row by itself counts once at most. */
        private static Mono<Long> counted(Result.Segment segment) {
            if (segment instanceof Result.Message message) {
                return Mono.error(message.exception());
            }
            if (segment instanceof Result.UpdateCount count) {
                return Mono.just(count.value());
            }
            return Mono.just(segment instanceof Result.RowSegment ? 1L : 0L);
        }

        @Override
        public CompletableFuture<Long> number(String sql, List<Object> arguments) {
            return Flux.from(bound(sql, arguments).execute())
                    .flatMap(result -> result.map(row -> Optional.ofNullable(row.get(0, Long.class))))
                    .reduce((first, further) -> first)
                    .map(value -> value.orElse(0L))
                    .toFuture()
                    .thenApply(Objects::requireNonNull);
        }

        private Statement bound(String sql, List<Object> arguments) {
            Statement statement = connection.createStatement(sql);
            for (int i = 0; i < arguments.size(); i++) {
                statement.bind(i, arguments.get(i));
            }
            return statement;
        }

        @Override
        public CompletableFuture<@Nullable Void> giveBack() {
            if (!givenBack.compareAndSet(false, true)) {
                return CompletableFuture.completedFuture(null);
            }
            lent.remove(this);
            return Mono.from(connection.close()).toFuture();
        }

        Mono<Void> cut() {
            Object physical = connection instanceof Wrapped<?> wrapped ? wrapped.unwrap() : connection;
            return physical instanceof Connection open ? Mono.from(open.close()).onErrorComplete() : Mono.empty();
        }
    }
}
