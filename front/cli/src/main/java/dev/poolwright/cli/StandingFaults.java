package dev.poolwright.cli;

import dev.poolwright.files.ProxyFaultsFile.Wanted;
import dev.poolwright.lab.run.ProxyFaults;
import dev.poolwright.model.scenario.Fault;
import dev.poolwright.proxy.Applied;
import dev.poolwright.proxy.Hit;
import dev.poolwright.proxy.Proxy;
import dev.poolwright.proxy.ServerFull;
import dev.poolwright.proxy.Share;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The faults of a proxy by name, with the moments at which they begin and end. Thread-safe. */
final class StandingFaults implements AutoCloseable {

    private static final int MOST = 60;

    /** A server of the usual size; what is left of it says the fault. */
    private static final int MAXIMUM = 100;

    private static final int RESERVED = 3;
    private static final int VERSION = 17;

    private final Proxy proxy;
    private final Map<String, Standing> faults = new LinkedHashMap<>();
    private long count;

    /** Begins and ends of faults that are still to come. */
    private final Set<Future<?>> pending = ConcurrentHashMap.newKeySet();

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "poolwright-proxy-moments");
        thread.setDaemon(true);
        return thread;
    });

    /** What is asked for, and whether it is in force by now; the number tells apart what is alike. */
    record Standing(long number, Wanted wanted, Optional<Applied> applied) {}

    StandingFaults(Proxy proxy) {
        this.proxy = proxy;
    }

    synchronized List<Standing> list() {
        return List.copyOf(faults.values());
    }

    /** These and no others, in one step. */
    synchronized void replace(List<Wanted> wanted) {
        List<Applied> lifted = inForce(faults.values());
        faults.clear();
        put(wanted, lifted);
    }

    /** These beside the others; one of the same name is changed, in one step with all the rest. */
    synchronized void add(List<Wanted> wanted) {
        long others = faults.keySet().stream()
                .filter(name -> wanted.stream().noneMatch(one -> one.name().equals(name)))
                .count();
        if (others + wanted.size() > MOST) {
            throw new Failures.WrongUse("faults = " + (others + wanted.size()) + " is too many; allowed is up to "
                    + MOST + ", remove some");
        }
        List<Standing> same = new ArrayList<>();
        wanted.forEach(one -> Optional.ofNullable(faults.remove(one.name())).ifPresent(same::add));
        put(wanted, inForce(same));
    }

    /** False when there is none of that name. */
    synchronized boolean remove(String name) {
        Standing gone = faults.remove(name);
        if (gone == null) {
            return false;
        }
        gone.applied().ifPresent(Applied::lift);
        return true;
    }

    @Override
    public synchronized void close() {
        timers.shutdownNow();
    }

    private static List<Applied> inForce(Iterable<Standing> standing) {
        List<Applied> applied = new ArrayList<>();
        standing.forEach(one -> one.applied().ifPresent(applied::add));
        return applied;
    }

    private void put(List<Wanted> wanted, List<Applied> lifted) {
        List<Wanted> now =
                wanted.stream().filter(one -> one.fault().at().isZero()).toList();
        List<Applied> applied =
                proxy.exchange(lifted, now.stream().map(StandingFaults::hit).toList());
        for (int i = 0; i < now.size(); i++) {
            stand(now.get(i), applied.get(i));
        }
        for (Wanted later : wanted) {
            if (!later.fault().at().isZero()) {
                Standing waits = new Standing(count++, later, Optional.empty());
                faults.put(later.name(), waits);
                in(later.fault().at(), () -> begin(waits));
            }
        }
    }

    private synchronized void begin(Standing waits) {
        // Removed or changed meanwhile: then it is another.
        if (waits.equals(faults.get(waits.wanted().name()))) {
            stand(
                    waits.wanted(),
                    proxy.exchange(List.of(), List.of(hit(waits.wanted()))).get(0));
        }
    }

    private void stand(Wanted wanted, Applied applied) {
        Standing standing = new Standing(count++, wanted, Optional.of(applied));
        if (wanted.fault() instanceof Fault.Reset) {
            // It has happened.
            applied.lift();
            faults.remove(wanted.name());
            return;
        }
        faults.put(wanted.name(), standing);
        if (!wanted.fault().lasts().isZero()) {
            in(wanted.fault().lasts(), () -> end(standing));
        }
    }

    private synchronized void end(Standing standing) {
        if (standing.equals(faults.get(standing.wanted().name()))) {
            remove(standing.wanted().name());
        }
    }

    private void in(Duration time, Runnable act) {
        pending.removeIf(Future::isDone);
        pending.add(timers.schedule(
                () -> {
                    try {
                        act.run();
                    } catch (IllegalStateException | UncheckedIOException failure) {
                        new Terminal().note(String.valueOf(failure.getMessage()));
                    }
                },
                time.toNanos(),
                TimeUnit.NANOSECONDS));
    }

    private static Hit hit(Wanted wanted) {
        return new Hit(
                ProxyFaults.of(wanted.fault(), StandingFaults::full)
                        .orElseThrow(() -> new IllegalStateException("no fault of a proxy: " + wanted.name())),
                new Share(wanted.fault().share(), wanted.seed()));
    }

    private static ServerFull full(Fault.ServerFull fault) {
        int maximum = Math.max(MAXIMUM, fault.connections() + RESERVED);
        return new ServerFull(maximum, RESERVED, maximum - RESERVED - fault.connections(), VERSION);
    }
}
