package dev.poolwright.model.plan;

import dev.poolwright.model.fleet.Distribution;
import dev.poolwright.model.fleet.Work;
import dev.poolwright.model.scenario.ArrivalPattern;
import dev.poolwright.policy.Backoff;
import dev.poolwright.policy.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * One stream of operations. The n-th operation of a load goes to the ready instance {@code n mod ready} (ready instances in
 * order of their start) and there to process {@code (n / ready) mod processes}; it borrows, holds and gives back as
 * {@code borrows} says, in order.
 *
 * @param name {@code service/load}
 * @param arrivalEntity whose draws the moments of arrival are; loads that one operation causes together share it
 * @param rates until the end of the run
 * @param borrows in order; empty for an operation that the service answers without its pools, for example a health check
 * @param deadlineNanos after its intended moment the caller has left; {@code Long.MAX_VALUE} for never
 * @param retries further tries after a failure
 * @param work what the lab does in the database for the first borrow
 * @param pattern when operations arrive; the rates play no part in a replay
 */
public record PlannedLoad(
        String name,
        String service,
        String arrivalEntity,
        List<RateSegment> rates,
        List<Borrow> borrows,
        long deadlineNanos,
        int retries,
        Backoff backoff,
        Work work,
        ArrivalPattern pattern) {

    public PlannedLoad {
        rates = List.copyOf(rates);
        borrows = List.copyOf(borrows);
    }

    /** One that sleeps in the database and arrives as a Poisson process. */
    public PlannedLoad(
            String name,
            String service,
            String arrivalEntity,
            List<RateSegment> rates,
            List<Borrow> borrows,
            long deadlineNanos,
            int retries,
            Backoff backoff) {
        this(
                name,
                service,
                arrivalEntity,
                rates,
                borrows,
                deadlineNanos,
                retries,
                backoff,
                Work.sleep(),
                ArrivalPattern.poisson());
    }

    /** The same load with other borrows. */
    public PlannedLoad withBorrows(List<Borrow> changed) {
        return new PlannedLoad(
                name, service, arrivalEntity, rates, changed, deadlineNanos, retries, backoff, work, pattern);
    }

    /** The same load with its rates cut at a moment. */
    public PlannedLoad until(long nanos) {
        List<RateSegment> cut = new ArrayList<>();
        for (RateSegment segment : rates) {
            if (cut.isEmpty() || cut.get(cut.size() - 1).untilNanos() < nanos) {
                cut.add(new RateSegment(Math.min(nanos, segment.untilNanos()), segment.perSecond()));
            }
        }
        return new PlannedLoad(
                name, service, arrivalEntity, cut, borrows, deadlineNanos, retries, backoff, work, pattern);
    }

    /** When it is first offered more than at its begin; {@code Long.MAX_VALUE} for never. */
    long firstRiseNanos() {
        long from = 0;
        for (RateSegment segment : rates) {
            if (segment.perSecond() > rates.get(0).perSecond()) {
                return from;
            }
            from = segment.untilNanos();
        }
        return Long.MAX_VALUE;
    }

    /** When it is last offered more than at its begin; 0 for never. */
    long lastRiseEndNanos() {
        return rates.stream()
                .filter(segment -> segment.perSecond() > rates.get(0).perSecond())
                .mapToLong(RateSegment::untilNanos)
                .max()
                .orElse(0);
    }

    /** A constant rate until a moment of the run. */
    public record RateSegment(long untilNanos, double perSecond) {}

    /**
     * One borrow of an operation.
     *
     * @param pool {@code service/pool}
     * @param connections taken at once
     * @param nested taken while the borrow before it is still held, and given back before it
     * @param onCpu share of the time in the database that is work of its processors
     */
    public record Borrow(
            String pool,
            int connections,
            boolean nested,
            Distribution inDatabase,
            Distribution outside,
            double onCpu) {}

    /** Draws of the time in the database of the {@code borrow}-th borrow; the index is the operation's number. */
    public Draws.Stream inDatabaseDraws(Draws draws, int borrow) {
        return draws.stream(name, "in_database/" + borrow);
    }

    /** Draws of the time outside the database of the {@code borrow}-th borrow; the index is the operation's number. */
    public Draws.Stream outsideDraws(Draws draws, int borrow) {
        return draws.stream(name, "outside/" + borrow);
    }
}
