package dev.poolwright.proxy;

import dev.poolwright.proxy.Faults.Entry;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults that hit one connection at one moment, and their answers taken together. Immutable. */
final class Force {

    static final Force NONE = of(List.of());

    private final List<Entry> entries;
    private final boolean sameForAll;
    private final List<Entry> delays;
    private final List<Entry> rates;
    private final List<Entry> cuts;
    private final List<Entry> editing;
    private final List<Entry> idle;
    private final Optional<Slicing> slices;
    private final boolean plain;

    private Force(List<Entry> entries) {
        this.entries = entries;
        this.sameForAll = entries.stream().allMatch(entry -> entry.share.isAll());
        this.delays = entries.stream().filter(Force::delays).toList();
        this.rates = entries.stream()
                .filter(entry -> entry.fault.bytesPerSecond(Direction.TO_CLIENT) < Long.MAX_VALUE)
                .toList();
        this.cuts = entries.stream()
                .filter(entry -> entry.fault.cut(Direction.TO_SERVER).isPresent()
                        || entry.fault.cut(Direction.TO_CLIENT).isPresent())
                .toList();
        this.editing = entries.stream()
                .filter(entry -> entry.fault instanceof SessionFault)
                .toList();
        this.idle = entries.stream()
                .filter(entry -> entry.fault.idleCutOff().isPresent())
                .toList();
        this.slices =
                entries.stream().flatMap(entry -> entry.fault.slices().stream()).findFirst();
        this.plain = delays.isEmpty()
                && rates.isEmpty()
                && cuts.isEmpty()
                && slices.isEmpty()
                && entries.stream()
                        .noneMatch(entry ->
                                entry.fault.stalls(Direction.TO_SERVER) || entry.fault.stalls(Direction.TO_CLIENT));
    }

    static Force of(List<Entry> entries) {
        return new Force(entries);
    }

    private static boolean delays(Entry entry) {
        return entry.fault.delayNanos(Direction.TO_SERVER, 0.5) != 0
                || entry.fault.delayNanos(Direction.TO_CLIENT, 0.5) != 0;
    }

    /** The part of it that hits a connection. */
    Force on(long connection) {
        return new Force(
                entries.stream().filter(entry -> entry.share.hits(connection)).toList());
    }

    boolean sameForAll() {
        return sameForAll;
    }

    List<Entry> entries() {
        return entries;
    }

    boolean has(Entry entry) {
        return entries.contains(entry);
    }

    /** Whether bytes pass at once and as they are. */
    boolean plain() {
        return plain;
    }

    List<Entry> editing() {
        return editing;
    }

    List<Entry> idle() {
        return idle;
    }

    List<Entry> cuts() {
        return cuts;
    }

    Optional<Slicing> slices() {
        return slices;
    }

    boolean stalls(Direction direction) {
        return !plain && entries.stream().anyMatch(entry -> entry.fault.stalls(direction));
    }

    long delayNanos(Direction direction, long connection, long piece) {
        long sum = 0;
        for (Entry entry : delays) {
            sum += entry.delayNanos(direction, connection, piece);
        }
        return sum;
    }

    long endDelayNanos() {
        long sum = 0;
        for (Entry entry : entries) {
            sum += entry.fault.endDelayNanos();
        }
        return sum;
    }

    /** The lowest rate in bytes a second; infinite for no limit. */
    double bytesPerSecond(Direction direction) {
        double least = Double.POSITIVE_INFINITY;
        for (Entry entry : rates) {
            least = Math.min(least, entry.bytesPerSecond(direction));
        }
        return least;
    }

    /** The moment at which so many bytes have been transmitted; now where there is no limit. */
    long transmitted(Direction direction, long now, int bytes) {
        long moment = now;
        for (Entry entry : rates) {
            long nanos = Math.round(bytes * 1e9 / entry.bytesPerSecond(direction));
            moment = Math.max(moment, entry.transmitted(direction, now, nanos));
        }
        return moment;
    }

    long connectDelayNanos() {
        long sum = 0;
        for (Entry entry : entries) {
            sum += entry.fault.connectDelayNanos();
        }
        return sum;
    }

    /** The moment at which the next connect may pass; taken, it is not given again. */
    long connectMoment(long now) {
        long moment = now;
        for (Entry entry : entries) {
            moment = Math.max(moment, entry.connectMoment(now));
        }
        return moment;
    }

    Reception reception() {
        Reception gravest = Reception.SERVED;
        for (Entry entry : entries) {
            Reception one = entry.fault.reception();
            gravest = one.compareTo(gravest) > 0 ? one : gravest;
        }
        return gravest;
    }

    Optional<InetSocketAddress> target() {
        return entries.stream().flatMap(entry -> entry.fault.target().stream()).findFirst();
    }

    Map<String, String> sessionSettings() {
        if (entries.isEmpty()) {
            return Map.of();
        }
        Map<String, String> settings = new LinkedHashMap<>();
        entries.forEach(entry -> settings.putAll(entry.fault.sessionSettings()));
        return settings;
    }
}
