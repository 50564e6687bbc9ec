package dev.poolwright.lab.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.poolwright.lab.http.WatchedPool.Loan;
import dev.poolwright.lab.subject.Counts;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the service answers.
 *
 * <pre>
 * GET  /health         200; has no pool to ask, so it cannot wait for one
 * GET  /ready          200 after a statement on the first pool, 503 with Retry-After without a connection
 * GET  /loads/NAME     the work of one load; see {@link DatabaseRoute}
 * GET  /pool           what the pools hold, how often they were asked, and what leaks
 * POST /leaks/reclaim  gives leaked connections back
 * </pre>
 */
final class Routes {

    private final Map<String, WatchedPool> pools;

    private Routes(Map<String, WatchedPool> pools) {
        this.pools = pools;
    }

    static void on(HttpServer server, Map<String, WatchedPool> pools, Clock clock) {
        Routes routes = new Routes(pools);
        server.createContext(
                "/health", exchange -> Answer.ok(Map.of("status", "up")).send(exchange));
        server.createContext("/ready", routes::ready);
        server.createContext("/loads/", new DatabaseRoute(pools, clock));
        server.createContext("/pool", routes::pool);
        server.createContext("/leaks/reclaim", routes::reclaim);
    }

    private void ready(HttpExchange exchange) throws IOException {
        WatchedPool pool = pools.values().iterator().next();
        long asked = pool.now();
        try (RequestScope request = new RequestScope();
                Connection connection = lent(pool, request)) {
            long waited = pool.now() - asked;
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
            Answer.ok(Map.of("status", "ready", "waited_ns", waited)).send(exchange);
        } catch (Refused e) {
            Answer.refused(e).send(exchange);
        } catch (SQLException e) {
            Answer.failed(e).send(exchange);
        }
    }

    private static Connection lent(WatchedPool pool, RequestScope request) throws SQLException {
        try {
            return pool.borrow(request);
        } catch (SQLException e) {
            throw Refused.by(e);
        }
    }

    private void pool(HttpExchange exchange) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        try {
            for (WatchedPool pool : pools.values()) {
                body.put(pool.spec().name(), levels(pool));
            }
            Answer.ok(body).send(exchange);
        } catch (SQLException e) {
            Answer.failed(e).send(exchange);
        }
    }

    private static Map<String, Object> levels(WatchedPool pool) throws SQLException {
        Counts counts = pool.counts();
        Map<String, Object> levels = new LinkedHashMap<>();
        levels.put("in_use", counts.inUse());
        levels.put("open", counts.open());
        levels.put("waiting", counts.waiting());
        levels.put("asked", pool.asked());
        levels.put("leaks_found", pool.found());
        List<Map<String, Object>> leaks = new ArrayList<>();
        for (Loan loan : pool.leaks()) {
            leaks.add(Map.of("place", loan.place().toString(), "held_s", loan.heldSeconds(pool.now())));
        }
        levels.put("leaks", leaks);
        return levels;
    }

    private void reclaim(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            Answer.wrong(new IllegalArgumentException("method = " + exchange.getRequestMethod() + ": must be POST"))
                    .send(exchange);
            return;
        }
        Map<String, Object> given = new LinkedHashMap<>();
        try {
            for (WatchedPool pool : pools.values()) {
                given.put(pool.spec().name(), pool.reclaim());
            }
            Answer.ok(given).send(exchange);
        } catch (SQLException e) {
            Answer.failed(e).send(exchange);
        }
    }
}
