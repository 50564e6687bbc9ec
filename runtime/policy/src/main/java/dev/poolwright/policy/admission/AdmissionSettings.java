package dev.poolwright.policy.admission;

import java.util.List;

/**
 * What an {@link Admission} goes by.
 *
 * @param limit connections that may be in use, 1 to {@link Shares#MOST}
 * @param shares connections set aside by class
 * @param waiters the most that may wait, by class; 0 refuses at once; a class that is not named may not wait
 * @param slots the most that may wait in all, counted or not, 1 to 65,535; what exceeds it is not queued at all
 * @param discipline who is served next
 * @param needHolds how many expected holds must fit before the caller's deadline for it to be worth a connection; 0 only
 *     asks that it is not over yet. 3 recovers where expiry alone does not (FACTS 1.5)
 */
public record AdmissionSettings(
        int limit, Shares shares, List<Integer> waiters, int slots, Discipline discipline, int needHolds) {

    /** The most that may wait in all. */
    public static final int MOST_SLOTS = 65_535;

    public AdmissionSettings {
        waiters = List.copyOf(waiters);
        Admission.check("limit", limit, 1, Shares.MOST);
        Admission.check("slots", slots, 1, MOST_SLOTS);
        Admission.check("needHolds", needHolds, 0, 1_000);
        Admission.check("classes of callers", waiters.size(), 1, Shares.CLASSES);
        for (int most : waiters) {
            Admission.check("waiters", most, 0, MOST_SLOTS);
        }
    }
}
