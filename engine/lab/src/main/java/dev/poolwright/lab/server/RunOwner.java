package dev.poolwright.lab.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process a run belongs to, written onto everything the run makes.
 *
 * @param started when the process started, in ms since 1970: a process id alone may be another process by now
 */
record RunOwner(String host, long pid, long started) {

    private static final Pattern FORM =
            Pattern.compile("poolwright run of host=(\\S+) pid=(\\d{1,18}) started=(\\d{1,18})");

    /**
     * A process's start is derived from the wall clock and moves with it, so a small difference is the same process. The
     * error is on the careful side: taken for alive, a dead run's things stay until the next time.
     */
    private static final long SAME_START_MILLIS = 60_000;

    enum State {
        ALIVE,
        DEAD,
        /** Of another host: nothing can be said from here. */
        ELSEWHERE
    }

    static RunOwner current() {
        ProcessHandle self = ProcessHandle.current();
        return new RunOwner(hostName(), self.pid(), start(self).orElse(0));
    }

    String text() {
        return "poolwright run of host=" + host + " pid=" + pid + " started=" + started;
    }

    static Optional<RunOwner> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        return form.matches()
                ? Optional.of(new RunOwner(form.group(1), Long.parseLong(form.group(2)), Long.parseLong(form.group(3))))
                : Optional.empty();
    }

    State state() {
        if (!host.equals(hostName())) {
            return State.ELSEWHERE;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return State.DEAD;
        }
        OptionalLong start = start(process.get());
        boolean other = started > 0 && start.isPresent() && Math.abs(start.getAsLong() - started) > SAME_START_MILLIS;
        return other ? State.DEAD : State.ALIVE;
    }

    private static OptionalLong start(ProcessHandle process) {
        return process.info().startInstant().stream()
                .mapToLong(Instant::toEpochMilli)
                .findFirst();
    }

    static String hostName() {
        try {
            Path kernel = Path.of("/proc/sys/kernel/hostname");
            String name = Files.isReadable(kernel)
                    ? Files.readString(kernel)
                    : InetAddress.getLocalHost().getHostName();
            return name.strip().replaceAll("\\s", "_");
        } catch (UnknownHostException e) {
            return "unknown";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
