package dev.poolwright.scan.jvm;

import dev.poolwright.model.fact.Fact;
import dev.poolwright.model.fact.Workers;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.model.fleet.Origin;
import dev.poolwright.model.fleet.Value;
import dev.poolwright.scan.jvm.settings.AppSettings;
import dev.poolwright.scan.jvm.settings.Setting;
import dev.poolwright.scan.jvm.settings.Values;
import dev.poolwright.scan.project.Project;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Threads that an application is configured to run beside each other: those of its server, its scheduler, its executors. */
final class ApplicationWorkersReader extends ApplicationReader {

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("server.tomcat.threads.max", "tomcat"),
            Map.entry("server.tomcat.maxthreads", "tomcat"),
            Map.entry("server.jetty.threads.max", "jetty"),
            Map.entry("server.undertow.threads.worker", "undertow"),
            Map.entry("server.undertow.workerthreads", "undertow"),
            Map.entry("spring.task.execution.pool.maxsize", "spring-task-execution"),
            Map.entry("spring.task.scheduling.pool.size", "spring-task-scheduling"),
            Map.entry("spring.quartz.properties.org.quartz.threadpool.threadcount", "quartz"),
            Map.entry("quarkus.quartz.threadcount", "quartz"),
            Map.entry("quarkus.threadpool.maxthreads", "quarkus"),
            Map.entry("quarkus.vertx.workerpoolsize", "quarkus"),
            Map.entry("spring.kafka.listener.concurrency", "kafka-listener"),
            Map.entry("spring.rabbitmq.listener.simple.maxconcurrency", "rabbit-listener"));

    /** A pool of threads that triggers or runs jobs, by any name. */
    private static final Pattern JOBS = Pattern.compile(
            ".*\\.(trigger|job|schedule|scheduler|executor|worker)(thread)?pool(\\.\\w+)?\\.(max|maxsize|maxpoolsize|size|threads|maxthreads)");

    ApplicationWorkersReader() {
        super(
                "threads",
                "threadPool",
                "thread-pool",
                "triggerpool",
                "threadCount",
                "max-size",
                "pool:",
                "concurrency",
                "executor",
                "jobpool");
    }

    @Override
    boolean concerns(Setting setting) {
        return kind(setting) != null;
    }

    private static @org.jspecify.annotations.Nullable String kind(Setting setting) {
        String known = KNOWN.get(setting.canonical());
        if (known == null && JOBS.matcher(setting.canonical()).matches()) {
            String[] parts = setting.key().split("\\.", -1);
            return parts[Math.max(0, parts.length - 3)] + "." + parts[Math.max(0, parts.length - 2)];
        }
        return known;
    }

    @Override
    void read(AppSettings app, Project project, Consumer<Fact> facts) {
        java.util.Set<String> seen = new java.util.HashSet<>();
        for (Setting setting : app.all()) {
            String server = kind(setting);
            if (server != null && seen.add(setting.canonical())) {
                app.value(setting.key())
                        .ifPresent(value -> facts.accept(new Workers(
                                app.folder(),
                                server,
                                Value.known(1, setting.origin()),
                                limit(value, setting.origin()),
                                false,
                                false,
                                app.place(),
                                setting.origin())));
            }
        }
    }

    static Value<Limit> limit(Value<Object> value, Origin origin) {
        return Values.then(
                value,
                number -> number instanceof Long count && count >= 0
                        ? Value.known(Limit.atMost(count), value.origin())
                        : new Value.Unknown<>("not a number of threads", "the number of threads", origin));
    }
}
