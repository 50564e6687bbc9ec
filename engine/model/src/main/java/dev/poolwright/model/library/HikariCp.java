package dev.poolwright.model.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * HikariCP's treatment of values that it does not like: {@code HikariConfig.validateNumerics} replaces and logs, the
 * setters throw. Pinned against the library by running both (7.1.0).
 */
final class HikariCp {

    private static final long DEFAULT_LIFE = 1_800_000;
    private static final long DEFAULT_IDLE = 600_000;
    private static final long DEFAULT_KEEPALIVE = 120_000;
    private static final long DEFAULT_SIZE = 10;

    private HikariCp() {}

    /** @param written values by the library's own names, times in milliseconds; what is missing has its default */
    static List<Correction> corrections(Map<String, Long> written) {
        List<Correction> found = new ArrayList<>();
        belowThrows(found, written, "connectionTimeout", 1, 250, "connectionTimeout cannot be less than 250ms");
        belowThrows(
                found,
                written,
                "validationTimeout",
                Long.MIN_VALUE,
                250,
                "validationTimeout cannot be less than 250ms");
        belowThrows(found, written, "maximumPoolSize", Long.MIN_VALUE, 1, "maxPoolSize cannot be less than 1");
        belowThrows(found, written, "minimumIdle", Long.MIN_VALUE, 0, "minimumIdle cannot be negative");
        belowThrows(found, written, "idleTimeout", Long.MIN_VALUE, 0, "idleTimeout cannot be negative");

        long size = written.getOrDefault("maximumPoolSize", DEFAULT_SIZE);
        long minimum = Math.min(size, written.getOrDefault("minimumIdle", size));
        long life = written.getOrDefault("maxLifetime", DEFAULT_LIFE);
        if (life != 0 && life < 30_000) {
            found.add(replaced("maxLifetime", life, ms(DEFAULT_LIFE), "shorter than 30 s"));
            life = DEFAULT_LIFE;
        }
        long keepalive = written.getOrDefault("keepaliveTime", DEFAULT_KEEPALIVE);
        if (keepalive != 0 && keepalive < 30_000) {
            found.add(replaced("keepaliveTime", keepalive, "0 (off)", "shorter than 30 s"));
        } else if (keepalive != 0 && life != 0 && keepalive >= life) {
            found.add(replaced("keepaliveTime", keepalive, "0 (off)", "not shorter than maxLifetime"));
        }
        long leak = written.getOrDefault("leakDetectionThreshold", 0L);
        if (leak > 0 && (leak < 2_000 || (life > 0 && leak > life))) {
            String why = leak < 2_000 ? "shorter than 2 s" : "longer than maxLifetime";
            found.add(replaced("leakDetectionThreshold", leak, "0 (off)", why));
        }
        if (written.getOrDefault("minimumIdle", minimum) > size) {
            found.add(replaced(
                    "minimumIdle", written.getOrDefault("minimumIdle", minimum), "" + size, "above maximumPoolSize"));
        }
        idle(found, written, minimum < size, life);
        return List.copyOf(found);
    }

    private static void idle(List<Correction> found, Map<String, Long> written, boolean shrinks, long life) {
        Long idle = written.get("idleTimeout");
        if (idle == null || idle <= 0) {
            return;
        }
        if (!shrinks) {
            if (idle != DEFAULT_IDLE) {
                found.add(
                        replaced("idleTimeout", idle, "no effect", "minimumIdle = maximumPoolSize: a fixed size pool"));
            }
        } else if (life > 0 && idle + 1_000 > life) {
            found.add(replaced("idleTimeout", idle, "0 (off)", "too near to maxLifetime, or longer"));
        } else if (idle < 10_000) {
            found.add(replaced("idleTimeout", idle, ms(DEFAULT_IDLE), "shorter than 10 s"));
        }
    }

    private static void belowThrows(
            List<Correction> found, Map<String, Long> written, String name, long from, long below, String message) {
        Long value = written.get(name);
        if (value != null && value >= from && value < below) {
            found.add(new Correction(name, shown(name, value), message, "IllegalArgumentException at start", true));
        }
    }

    private static Correction replaced(String name, long written, String effective, String why) {
        return new Correction(name, shown(name, written), effective, why, false);
    }

    private static String shown(String name, long value) {
        return name.equals("minimumIdle") || name.equals("maximumPoolSize") ? Long.toString(value) : ms(value);
    }

    private static String ms(long millis) {
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }
}
