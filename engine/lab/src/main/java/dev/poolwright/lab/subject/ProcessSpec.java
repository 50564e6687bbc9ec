package dev.poolwright.lab.subject;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Any program in any language that takes a database URL and answers HTTP on 127.0.0.1. It is told {@code DATABASE_URL} and
 * {@code PORT}, besides the environment given here and that of this process.
 *
 * @param name the name in records and file names
 * @param command the program and its arguments; no shell is in between
 * @param environment further variables; values of variables named like a secret are masked in all output
 * @param databaseUrl {@code postgresql://user:password@host:port/database}
 * @param readyPath answers 200 once the program can be loaded
 * @param workPath the route that is loaded
 * @param readyWithin how long it may take from start to ready
 * @param stopGrace how long it may take to end after SIGTERM before it is killed
 */
public record ProcessSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        URI databaseUrl,
        String readyPath,
        String workPath,
        Duration readyWithin,
        Duration stopGrace) {

    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (!name.matches("[A-Za-z0-9._-]{1,80}")) {
            throw new IllegalArgumentException("process name = " + name + ": letters, digits and . _ - only, 1 to 80");
        }
        if (command.isEmpty()) {
            throw new IllegalArgumentException("process " + name + ": the command is empty");
        }
        if (!readyPath.startsWith("/") || !workPath.startsWith("/")) {
            throw new IllegalArgumentException("process " + name + ": ready path = " + readyPath + ", work path = "
                    + workPath + ": both must begin with /");
        }
        if (readyWithin.isNegative() || readyWithin.isZero() || stopGrace.isNegative()) {
            throw new IllegalArgumentException("process " + name + ": ready within = " + readyWithin + ", stop grace = "
                    + stopGrace + ": must be positive, the grace may be zero");
        }
    }

    Secrets secrets() {
        return new Secrets(databaseUrl, environment);
    }

    /** Without the environment, and with the command's secrets masked. */
    @Override
    public String toString() {
        return "process " + name + ": " + secrets().mask(String.join(" ", command));
    }
}
