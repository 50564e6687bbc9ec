package dev.poolwright.lab.run;

import dev.poolwright.lab.subject.Login;
import dev.poolwright.lab.subject.PgBouncer;
import dev.poolwright.lab.subject.PoolSettings;
import dev.poolwright.model.fleet.Pooler.Mode;
import dev.poolwright.model.plan.Plan;
import dev.poolwright.model.plan.Topology.PlannedPath;
import dev.poolwright.model.plan.Topology.PlannedPool;
import dev.poolwright.model.plan.Topology.PlannedPooler;
import dev.poolwright.model.plan.Topology.PlannedServer;
import dev.poolwright.model.plan.Topology.PlannedService;
import dev.poolwright.model.verdict.LinkKind;
import dev.poolwright.policy.Clock;
import dev.poolwright.policy.PathSettings;
import dev.poolwright.proxy.Fault;
import dev.poolwright.proxy.Proxy;
import dev.poolwright.proxy.ProxyListener;
import dev.poolwright.proxy.ProxyReading;
import dev.poolwright.proxy.ProxySettings;
import dev.poolwright.proxy.Refusal;
import dev.poolwright.proxy.ServerFull;
import dev.poolwright.proxy.Share;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The plan's paths on real parts: a proxy for each pair of path and server, in front of the one PostgreSQL that plays all
 * servers. A pool without a path has a proxy too, because the server's own limit is kept there. Where a pool leads to a
 * pooler, a real PgBouncer stands in between, with a proxy before it and one behind:
 *
 * <pre>
 *   pool ──▶ proxy (path of the pool) ──▶ PgBouncer ──▶ proxy (path of the pooler, limit of the server) ──▶ server
 * </pre>
 */
final class Paths implements AutoCloseable {

    private static final int WAITERS_MOST = 1 << 16;
    private static final int RESERVED_MOST = 3;
    private static final int POSTGRESQL_UNSAID = 17;
    private static final long NOT_STALLED = Long.MAX_VALUE;

    private final Map<Route, Proxy> proxies = new LinkedHashMap<>();
    private final Map<Route, Listener> listeners = new LinkedHashMap<>();
    private final Map<Route, PgBouncer> bouncers = new LinkedHashMap<>();
    private final Plan plan;
    private final Happenings happenings;
    private final RunClock proxyClock;
    private final Map<String, LongAdder> connects = new ConcurrentHashMap<>();
    private final Map<String, Level> lastLevels = new ConcurrentHashMap<>();
    private volatile long begin;

    /** @throws IOException when a pooler cannot be started; nothing is left then */
    Paths(Plan plan, LabTarget target, Clock source, Happenings happenings) throws IOException, InterruptedException {
        this.plan = plan;
        this.happenings = happenings;
        this.proxyClock = new RunClock(source);
        boolean complete = false;
        try {
            for (PlannedService service : plan.topology().services()) {
                for (PlannedPool pool : service.pools()) {
                    lead(pool, target);
                }
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    private void lead(PlannedPool pool, LabTarget target) throws IOException, InterruptedException {
        Route route = route(pool);
        if (proxies.containsKey(route)) {
            return;
        }
        InetSocketAddress server = new InetSocketAddress(target.host(), target.port());
        Optional<PlannedPooler> pooler = pooler(pool);
        if (pooler.isEmpty()) {
            proxies.put(route, start(route, server));
            return;
        }
        Route behind = new Route(pooler.get().path(), pool.server(), "");
        if (!proxies.containsKey(behind)) {
            proxies.put(behind, start(behind, server));
        }
        PgBouncer bouncer = PgBouncer.start(
                settings(pooler.get()),
                new Login(target.through(proxyOf(behind).port()), target.user(), target.password(), "pgbouncer"));
        bouncers.put(route, bouncer);
        proxies.put(route, start(route, new InetSocketAddress(InetAddress.getLoopbackAddress(), bouncer.port())));
    }

    private Optional<PlannedPooler> pooler(PlannedPool pool) {
        return plan.topology().poolers().stream()
                .filter(one -> one.name().equals(pool.at()))
                .findFirst();
    }

    private Route route(PlannedPool pool) {
        return new Route(
                pool.path(),
                pool.server(),
                pooler(pool).map(PlannedPooler::name).orElse(""));
    }

    private static PgBouncer.Settings settings(PlannedPooler pooler) throws IOException {
        PgBouncer.Mode mode = switch (pooler.mode()) {
            case SESSION -> PgBouncer.Mode.SESSION;
            case TRANSACTION -> PgBouncer.Mode.TRANSACTION;
            default ->
                throw new IOException("pooler " + pooler.name() + ": mode = " + pooler.mode()
                        + ": the lab has session and transaction");
        };
        Duration wait = pooler.queryWaitNanos() == Long.MAX_VALUE
                ? PoolSettings.FOREVER
                : Duration.ofNanos(pooler.queryWaitNanos());
        return new PgBouncer.Settings(mode, pooler.poolSize(), pooler.reserve(), pooler.clients(), wait);
    }

    /** The run begins now: moments of the proxies, whose clock may not run backwards, are counted from here. */
    void beginNow() {
        begin = proxyClock.nanos();
    }

    /** @param pooler before the server; empty for none */
    private record Route(String path, String server, String pooler) {

        boolean leadsToServer() {
            return pooler.isEmpty();
        }
    }

    private Proxy start(Route route, InetSocketAddress server) {
        Listener listener = new Listener(route);
        listeners.put(route, listener);
        Proxy proxy = Proxy.start(new ProxySettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                server,
                route.path().isEmpty()
                        ? PathSettings.unlimited()
                        : settings(plan.topology().path(route.path())),
                proxyClock,
                listener));
        if (route.leadsToServer()) {
            PlannedServer limited = plan.topology().server(route.server());
            proxy.apply(limitOf(limited, limited.connections()));
        }
        return proxy;
    }

    private static PathSettings settings(PlannedPath path) {
        return new PathSettings(
                path.connections(),
                path.connectionsMaximum(),
                path.latencyNanos(),
                path.scaleOutDelayNanos(),
                path.stressLatencyNanos(),
                WAITERS_MOST);
    }

    /** The server's limit with so many connections left for applications, the last slots reserved as a real one has them. */
    static ServerFull limitOf(PlannedServer server, int left) {
        int most = Math.max(1, server.maxConnections());
        int reserved = Math.min(RESERVED_MOST, Math.max(0, most - left));
        return new ServerFull(most, reserved, Math.max(0, most - reserved - left), major(server.version()));
    }

    private static int major(String version) {
        String digits = version.split("\\.", -1)[0];
        return digits.matches("[0-9]{2,4}") ? Integer.parseInt(digits) : POSTGRESQL_UNSAID;
    }

    /** JDBC URLs by {@code service/pool}. */
    Map<String, String> urls(LabTarget target) {
        Map<String, String> urls = new LinkedHashMap<>();
        for (PlannedService service : plan.topology().services()) {
            for (PlannedPool pool : service.pools()) {
                urls.put(pool.name(), target.through(port(pool)) + options(pool));
            }
        }
        return urls;
    }

    /** A statement that a session has prepared is not there in the next transaction of a pooler, which may be on another one. */
    private String options(PlannedPool pool) {
        return pooler(pool)
                .filter(one -> one.mode() == Mode.TRANSACTION)
                .map(one -> "&prepareThreshold=0")
                .orElse("");
    }

    int port(PlannedPool pool) {
        return proxyOf(route(pool)).port();
    }

    private Proxy proxyOf(Route route) {
        Proxy proxy = proxies.get(route);
        if (proxy == null) {
            throw new IllegalStateException("no proxy for " + route);
        }
        return proxy;
    }

    /** Puts a fault on every proxy of a path; lifting lifts it everywhere. */
    Runnable onPath(String path, Fault fault, Share share) {
        List<Proxy> hit = new ArrayList<>();
        proxies.forEach((route, proxy) -> {
            if (route.path().equals(path)) {
                hit.add(proxy);
            }
        });
        return apply(hit, fault, share);
    }

    /** Puts a fault on every proxy before a server. */
    Runnable onServer(String server, Fault fault, Share share) {
        List<Proxy> hit = new ArrayList<>();
        proxies.forEach((route, proxy) -> {
            if (route.server().equals(server) && route.leadsToServer()) {
                hit.add(proxy);
            }
        });
        return apply(hit, fault, share);
    }

    private static Runnable apply(List<Proxy> proxies, Fault fault, Share share) {
        var applied = proxies.stream().map(proxy -> proxy.apply(fault, share)).toList();
        return () -> applied.forEach(one -> one.lift());
    }

    /** What each path carries now, summed over its proxies; the nameless path is left out. */
    Map<String, Level> levels() {
        Map<String, Level> levels = new LinkedHashMap<>();
        proxies.forEach((route, proxy) -> {
            if (!route.path().isEmpty()) {
                ProxyReading.Path path = proxy.reading().path();
                levels.merge(route.path(), new Level(path.open(), path.waiting(), path.capacity()), Level::plus);
            }
        });
        lastLevels.putAll(levels);
        return levels;
    }

    /** Connects that reached a server or that it refused, since the begin of the run's preparation. */
    long connectsTo(String server) {
        LongAdder counted = connects.get(server);
        return counted == null ? 0 : counted.sum();
    }

    private void countConnect(String server) {
        connects.computeIfAbsent(server, key -> new LongAdder()).increment();
    }

    /** Connections open through the proxies of a server, for plotting beside its limit. */
    int openAt(String server) {
        int open = 0;
        for (Map.Entry<Route, Proxy> entry : proxies.entrySet()) {
            if (entry.getKey().server().equals(server) && entry.getKey().leadsToServer()) {
                open += entry.getValue().reading().path().open();
            }
        }
        return open;
    }

    @Override
    public void close() {
        bouncers.values().forEach(PgBouncer::close);
        proxies.values().forEach(Proxy::close);
    }

    /** What a path carries. */
    record Level(int open, int waiting, int capacity) {
        Level plus(Level other) {
            return new Level(open + other.open, waiting + other.waiting, Math.max(capacity, other.capacity));
        }
    }

    /**
     * Notes the connects that still wait for a path after longer than their pool calls usual. The law is first come, first
     * served, so while nobody is admitted whoever waited then waits still.
     */
    void noteStalled() {
        long now = proxyClock.nanos();
        listeners.forEach((route, listener) -> {
            Proxy proxy = proxies.get(route);
            if (proxy == null || proxy.reading().path().waiting() == 0) {
                listener.stalledSince.set(NOT_STALLED);
            } else if (!listener.stalledSince.compareAndSet(NOT_STALLED, now)) {
                slow(route, now - listener.stalledSince.get(), now);
            }
        });
    }

    /** A connect of this route has been under way for so long at that moment. */
    private void slow(Route route, long nanos, long moment) {
        for (PlannedService service : plan.topology().services()) {
            for (PlannedPool pool : service.pools()) {
                if (route(pool).equals(route) && nanos > pool.connectSlowNanos()) {
                    String detail = String.format(
                            Locale.ROOT,
                            "a connect to %s took more than %.2f s",
                            route.server(),
                            pool.connectSlowNanos() / 1e9);
                    happenings.note(
                            LinkKind.CONNECT_SLOW,
                            service.name(),
                            moment - nanos + pool.connectSlowNanos() - begin,
                            detail);
                }
            }
        }
    }

    /** Notes what a proxy tells. */
    private final class Listener implements ProxyListener {
        private final Route route;
        private final AtomicLong stalledSince = new AtomicLong(NOT_STALLED);

        Listener(Route route) {
            this.route = route;
        }

        @Override
        public void full(long moment) {
            stalledSince.compareAndSet(NOT_STALLED, moment);
            if (!route.path().isEmpty()) {
                // Asked on the proxy's own thread, which must not ask the proxy: the level is that of the last sample.
                Level level = lastLevels.get(route.path());
                happenings.note(
                        LinkKind.PATH_FULL,
                        route.path(),
                        moment - begin,
                        level == null
                                ? "more connects than the path carries"
                                : level.capacity() + " connections carried, one more asked for");
            }
        }

        @Override
        public void admitted(long moment, long waitedNanos) {
            if (waitedNanos > 0 && stalledSince.get() != NOT_STALLED) {
                stalledSince.set(moment);
            }
        }

        @Override
        public void connected(long moment, long connectNanos) {
            countConnect(route.server());
            slow(route, connectNanos, moment);
        }

        @Override
        public void refused(long moment, Refusal by) {
            if (by == Refusal.SERVER) {
                countConnect(route.server());
                happenings.note(LinkKind.SERVER_FULL, route.server(), moment - begin, "refused with 53300");
            }
        }
    }
}
