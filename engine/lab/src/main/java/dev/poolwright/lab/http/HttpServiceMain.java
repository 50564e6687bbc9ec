package dev.poolwright.lab.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.poolwright.lab.subject.PoolSettings;
import dev.poolwright.lab.subject.PoolSubject;
import dev.poolwright.lab.subject.Subjects;
import dev.poolwright.lab.subject.Tasks;
import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;

/**
 * The service as a process: told {@code DATABASE_URL}, {@code PORT}, {@code POOLS} (JSON, see {@link PoolSpec}) and
 * {@code APPLICATION_NAME}. A thread for each request, virtual where the JVM has them. Ends when its standard input ends, so it
 * never outlives who started it.
 */
public final class HttpServiceMain {

    private static final int BACKLOG = 1_024;
    private static final int STOP_SECONDS = 0;

    private HttpServiceMain() {}

    public static void main(String[] arguments) throws Exception {
        // Without it an answer waits up to 40 ms for the other side's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Map<String, String> environment = System.getenv();
        Clock clock = Clock.system();
        Map<String, WatchedPool> pools = new LinkedHashMap<>();
        PoolSpec[] specs = new ObjectMapper().readValue(environment.getOrDefault("POOLS", "[]"), PoolSpec[].class);
        for (PoolSpec spec : specs) {
            WatchedPool pool = new WatchedPool(spec, subject(spec, environment), clock);
            open(pool);
            pools.put(spec.name(), pool);
        }
        serve(Integer.parseInt(environment.getOrDefault("PORT", "0")), pools, clock);
    }

    private static void serve(int port, Map<String, WatchedPool> pools, Clock clock) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        ExecutorService tasks = Tasks.onePerTask();
        server.setExecutor(tasks);
        Routes.on(server, pools, clock);
        server.start();
        try (InputStream in = System.in) {
            in.transferTo(OutputStream.nullOutputStream());
        } finally {
            server.stop(STOP_SECONDS);
            tasks.shutdownNow();
            pools.values().forEach(WatchedPool::close);
        }
        System.exit(0);
    }

    /** Opens at the same time what the start-up is to open, and gives it back. */
    private static void open(WatchedPool pool) throws SQLException {
        List<Connection> opened = new ArrayList<>();
        try (RequestScope startUp = new RequestScope()) {
            for (int i = 0; i < pool.spec().opened(); i++) {
                opened.add(pool.borrow(startUp));
            }
            for (Connection connection : opened) {
                connection.close();
            }
        }
    }

    private static PoolSubject subject(PoolSpec spec, Map<String, String> environment) {
        Reach reach = Reach.of(URI.create(environment.getOrDefault("DATABASE_URL", "")));
        String url = "jdbc:postgresql://127.0.0.1:" + spec.port() + "/" + reach.database() + "?sslResponseTimeout="
                + Duration.ofHours(1).toMillis();
        String name = environment.getOrDefault("APPLICATION_NAME", "poolwright-http") + "/" + spec.name();
        if (spec.library().equals("tomcat-jdbc")) {
            return new TomcatPool(spec, url, driver(spec, reach, name), name);
        }
        PoolSettings settings = new PoolSettings(
                spec.size(),
                spec.overflow(),
                spec.acquireMillis() == 0 ? PoolSettings.FOREVER : spec.acquireTimeout(),
                Duration.ofSeconds(spec.connectSeconds()),
                spec.lifetimeMillis() == 0 ? PoolSettings.FOREVER : Duration.ofMillis(spec.lifetimeMillis()),
                Integer.MAX_VALUE,
                false,
                false,
                0);
        return spec.library().equals("hikaricp")
                ? Subjects.hikari(settings, url, reach.user(), reach.password(), name)
                : Subjects.overflow(settings, url, reach.user(), reach.password(), name);
    }

    private static Properties driver(PoolSpec spec, Reach reach, String name) {
        Properties driver = new Properties();
        driver.setProperty("user", reach.user());
        driver.setProperty("password", reach.password());
        driver.setProperty("ApplicationName", name);
        driver.setProperty("connectTimeout", Long.toString(spec.connectSeconds()));
        driver.setProperty("loginTimeout", Long.toString(spec.connectSeconds()));
        return driver;
    }

    /** Who connects to what; never printed. */
    private record Reach(String user, String password, String database) {
        static Reach of(URI url) {
            String info = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
            int colon = info.indexOf(':');
            return new Reach(
                    decoded(colon < 0 ? info : info.substring(0, colon)),
                    decoded(colon < 0 ? "" : info.substring(colon + 1)),
                    url.getPath() == null ? "" : url.getPath().replaceFirst("^/", ""));
        }

        private static String decoded(String part) {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "database " + database;
        }
    }
}
