package dev.poolwright.lab.subject;

import dev.poolwright.policy.Clock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** Plays the scripts of {@code queue_script.py} on the overflow pool and says its state in the same words. */
final class QueueScript {
    private static final long LIMIT_MILLIS = 20_000;

    private final Wires wires = new Wires();
    private final OverflowPool pool;

    private final Map<String, Connection> held = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private QueueScript(int size, int overflow, double timeoutSeconds, boolean lifo) {
        PoolSettings settings = PoolSettings.of(size, overflow, Duration.ofMillis(Math.round(timeoutSeconds * 1000)));

        this.pool = new OverflowPool("script", lifo ? settings.withLifo() : settings, wires, Clock.system());
    }

    static String play(String script) throws Exception {
        List<String> words = Arrays.asList(script.split(" ", -1));
        QueueScript stage = new QueueScript(
                Integer.parseInt(words.get(0)),
                Integer.parseInt(words.get(1)),
                Double.parseDouble(words.get(2)),
                words.get(3).equals("lifo"));
        List<String> states = new ArrayList<>();
        for (String step : words.subList(4, words.size())) {
            states.add(stage.step(step));
        }
        return String.join("|", states);
    }

    private String step(String step) throws Exception {
        String caller = step.substring(1);
        switch (step.charAt(0)) {
            case 'b' -> borrow(caller);
            case 'w' -> waitFor(caller);
            case 's' -> connectSlowly(caller);
            case 'g' -> letItFail();
            case 'r' -> giveBack(caller, false);
            case 'x' -> giveBack(caller, true);
            case 'f' -> wires.broken = true;
            case 'o' -> wires.broken = false;
            case 't' -> {
                for (Thread thread : threads) {
                    thread.join(LIMIT_MILLIS);
                }
            }
            default -> throw new IllegalArgumentException(step);
        }
        // Who says it first is chance when several are served in one step.
        String happened = String.join(" ", said.stream().sorted().toList());
        said.clear();
        return String.format(
                        "%s idle=%d out=%d overflow=%d opened=%d closed=%d waiting=%d %s",
                        step,
                        pool.idle(),
                        pool.counts().inUse(),
                        pool.overflow(),
                        wires.opened.get(),
                        wires.closed.get(),
                        pool.counts().waiting(),
                        happened)
                .strip();
    }

    private void borrow(String caller) {
        try {
            Connection connection = pool.dataSource().getConnection();
            held.put(caller, connection);
            said.add(caller + "=c" + Wires.of(connection).number());
        } catch (SQLException e) {
            said.add(caller + "=" + e.getMessage());
        }
    }

    private void begin(String caller) {
        Thread thread = new Thread(() -> borrow(caller), "caller " + caller);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void waitFor(String caller) throws Exception {
        int waiting = pool.counts().waiting();
        int before = said.size();
        begin(caller);
        until(() -> pool.counts().waiting() > waiting || said.size() > before);
    }

    private void connectSlowly(String caller) throws Exception {
        wires.connecting = new CountDownLatch(1);
        wires.gate = new CountDownLatch(1);
        wires.slow = true;
        begin(caller);
        Wires.await(wires.connecting);
    }

    private void letItFail() throws Exception {
        int before = said.size();
        wires.gate.countDown();
        until(() -> said.size() > before);
    }

    private void giveBack(String caller, boolean spoilt) throws Exception {
        Connection connection = held.remove(caller);
        if (connection == null) {
            return;
        }
        int waiting = pool.counts().waiting();
        int before = said.size();
        if (spoilt) {
            Wires.of(connection).spoil();
        }
        connection.close();
        // An empty slot goes from waiter to waiter while connecting fails; else one is served.
        int expected = spoilt && wires.broken ? waiting : Math.min(waiting, 1);
        until(() -> said.size() >= before + expected);
    }

    private static void until(BooleanSupplier happened) throws InterruptedException {
        Polling.until(happened, Duration.ofMillis(LIMIT_MILLIS));
    }
}
