package dev.poolwright.files.tree;

import dev.poolwright.files.tree.Form.Unreadable;
import dev.poolwright.model.fleet.Limit;
import dev.poolwright.policy.Wait;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The units of the format, each with the bound up to which a value makes sense. */
public final class Forms {

    /** Connections, instances, processes, callers: no fleet known has more. */
    public static final int MOST = 100_000;

    private static final Pattern QUANTITY = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,9})?)\\s?([a-zA-Z%/]{0,8})");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,99}");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final String DURATION_UNITS = "a number with us, ms, s, m, h or d, up to 366d";
    private static final Map<String, Long> NANOS = units(
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "d",
            86_400_000_000_000L);
    private static final Map<String, Long> BITS = units(
            "kbps",
            1_000L,
            "Mbps",
            1_000_000L,
            "Gbps",
            1_000_000_000L,
            "kbit/s",
            1_000L,
            "Mbit/s",
            1_000_000L,
            "Gbit/s",
            1_000_000_000L);
    private static final Map<String, Long> PER_HOUR = units("/s", 3600L, "/min", 60L, "/h", 1L);

    /** Free text, at least one character. */
    public static final Form<String> TEXT = new Form<>("text", text -> {
        if (text.isBlank() || text.length() > 4000) {
            throw new Unreadable("empty or too long a text", "write 1 to 4000 characters");
        }
        return text.strip();
    });

    /** A name that others refer to. */
    public static final Form<String> NAME_OF_ITS_OWN =
            new Form<>("a letter, then up to 99 letters, digits, _ . or -", text -> {
                if (!NAME.matcher(text).matches()) {
                    throw new Unreadable("not a name", "");
                }
                return text;
            });

    /** A length of time, zero included. */
    public static final Form<Duration> DURATION = new Form<>(DURATION_UNITS, text -> duration(text, "write 0s"));

    /** A length of time above zero. */
    public static final Form<Duration> SOME_TIME = new Form<>(DURATION_UNITS + ", above zero", text -> {
        Duration duration = duration(text, "write a time above zero");
        if (duration.isZero()) {
            throw new Unreadable("must be above zero", "");
        }
        return duration;
    });

    /** How long to wait. */
    public static final Form<Wait> WAIT =
            wait(DURATION_UNITS + ", or forever, or none", true, "write none (do not wait) or forever (no limit)");

    /** A limit in time that may be absent. */
    public static final Form<Wait> TIME_LIMIT =
            wait(DURATION_UNITS + ", or forever", false, "write forever for no limit");

    /** A share in per cent, 0 and 100 included. */
    public static final Form<Double> SHARE = new Form<>("0% to 100%", Forms::share);

    /** A share above zero. */
    public static final Form<Double> SOME_SHARE = new Form<>(
            "above 0%, up to 100%",
            text -> {
                double share = share(text);
                if (share == 0) {
                    throw new Unreadable("must be above zero", "");
                }
                return share;
            });

    /** Operations a second. */
    public static final Form<Double> RATE = new Form<>("a number with /s, /min or /h, up to 1000000/s", Forms::rate);

    /** Bits a second. */
    public static final Form<Long> BANDWIDTH =
            new Form<>("a number with kbps, Mbps or Gbps (or kbit/s …), up to 10000Gbps", text -> {
                Quantity quantity = quantity(text, BITS, "write the unit, for example 2Gbps");
                return bounded(quantity.times(), BigDecimal.ONE, new BigDecimal("1e13"))
                        .longValue();
            });

    /** Processor cores. */
    public static final Form<Double> CORES = new Form<>("a number above 0, up to 10000", text -> {
        Quantity quantity = quantity(text, Map.of("", 1L), "");
        return bounded(quantity.times(), new BigDecimal("0.01"), BigDecimal.valueOf(10_000))
                .doubleValue();
    });

    /** Yes or no. */
    public static final Form<Boolean> YES_NO = Form.word("answer", Map.of("true", true, "false", false));

    private Forms() {}

    /** A whole number in a range. */
    public static Form<Integer> count(int least, int most) {
        return new Form<>("a whole number from " + least + " to " + most, text -> whole(text, least, most));
    }

    /** A bound on a number, or {@code unlimited}. */
    public static Form<Limit> limit(int least) {
        String zero = least > 0 ? "; 0 means different things to different libraries" : "";
        return new Form<>("a whole number from " + least + " to " + MOST + ", or unlimited" + zero, text -> {
            if (text.equals("unlimited")) {
                return Limit.unlimited();
            }
            if (least > 0 && text.equals("0")) {
                throw new Unreadable("zero is ambiguous", "write unlimited for no bound");
            }
            return Limit.atMost(whole(text, least, MOST));
        });
    }

    /** How many may wait: a number, {@code unlimited} or {@code none}. */
    public static final Form<Limit> WAITERS =
            new Form<>("a whole number from 1 to 100000, or unlimited, or none", text -> {
                if (text.equals("0")) {
                    throw new Unreadable("zero is ambiguous", "write none (nobody waits) or unlimited");
                }
                return text.equals("none") ? Limit.atMost(0) : limit(1).read(text);
            });

    private static Form<Wait> wait(String allowed, boolean none, String zero) {
        return new Form<>(allowed, text -> {
            if (text.equals("forever")) {
                return Wait.forever();
            }
            if (none && text.equals("none")) {
                return Wait.notAtAll();
            }
            Duration duration = duration(text, zero);
            if (duration.isZero()) {
                throw new Unreadable("zero is ambiguous", zero);
            }
            return Wait.atMost(duration);
        });
    }

    private static Duration duration(String text, String zero) throws Unreadable {
        if (text.equals("0")) {
            throw new Unreadable("zero without a unit", zero);
        }
        Quantity quantity = quantity(text, NANOS, "write the unit, for example 30s");
        BigDecimal nanos = bounded(quantity.times(), BigDecimal.ZERO, BigDecimal.valueOf(LONGEST.toNanos()));
        return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    private static double rate(String text) throws Unreadable {
        Quantity quantity = quantity(text, PER_HOUR, "write the unit, for example 50/s");
        return bounded(quantity.times(), BigDecimal.ZERO, new BigDecimal("3.6e9"))
                        .doubleValue()
                / 3600;
    }

    private static double share(String text) throws Unreadable {
        Quantity quantity = quantity(text, Map.of("%", 1L), "write per cent, for example 80%");
        return bounded(quantity.times(), BigDecimal.ZERO, BigDecimal.valueOf(100))
                        .doubleValue()
                / 100;
    }

    private static int whole(String text, int least, int most) throws Unreadable {
        Quantity quantity = quantity(text, Map.of("", 1L), "write a whole number without a unit");
        try {
            return bounded(quantity.times(), BigDecimal.valueOf(least), BigDecimal.valueOf(most))
                    .intValueExact();
        } catch (ArithmeticException e) {
            throw new Unreadable("not a whole number", "");
        }
    }

    private static BigDecimal bounded(BigDecimal value, BigDecimal least, BigDecimal most) throws Unreadable {
        if (value.signum() < 0) {
            throw new Unreadable("must not be negative", "");
        }
        if (value.compareTo(least) < 0) {
            throw new Unreadable("too small", "");
        }
        if (value.compareTo(most) > 0) {
            throw new Unreadable("too large", "");
        }
        return value;
    }

    static Quantity quantity(String text, Map<String, Long> units, String missing) throws Unreadable {
        Matcher matcher = QUANTITY.matcher(text.strip());
        if (!matcher.matches()) {
            throw new Unreadable("not a number with a unit", "");
        }
        Long factor = units.get(matcher.group(2));
        if (factor == null) {
            throw matcher.group(2).isEmpty()
                    ? new Unreadable("the unit is missing", missing)
                    : new Unreadable("wrong unit", Nearest.hint(matcher.group(2), units.keySet()));
        }
        return new Quantity(new BigDecimal(matcher.group(1)), factor);
    }

    private static Map<String, Long> units(Object... pairs) {
        Map<String, Long> units = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            units.put((String) pairs[i], (Long) pairs[i + 1]);
        }
        return units;
    }

    /** A number in a unit. */
    record Quantity(BigDecimal number, long factor) {
        BigDecimal times() {
            return number.multiply(BigDecimal.valueOf(factor));
        }
    }
}
