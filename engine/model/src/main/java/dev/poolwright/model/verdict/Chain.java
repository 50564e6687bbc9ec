package dev.poolwright.model.verdict;

import java.util.List;
import java.util.stream.Collectors;

/** Links in the order in which they first happened. */
public record Chain(List<Joint> joints) {

    public static final Chain NONE = new Chain(List.of());

    public Chain {
        joints = List.copyOf(joints);
    }

    public List<Link> links() {
        return joints.stream().map(Joint::link).toList();
    }

    /** Whether these links happened in this order; others may stand between them. */
    public boolean contains(List<Link> expected) {
        int found = 0;
        for (Link link : links()) {
            if (found < expected.size() && link.equals(expected.get(found))) {
                found++;
            }
        }
        return found == expected.size();
    }

    @Override
    public String toString() {
        return joints.stream().map(joint -> joint.link().toString()).collect(Collectors.joining(", "));
    }

    /**
     * A link with its moment.
     *
     * @param atNanos when it first happened, from the begin of the run
     * @param count how often it happened
     * @param detail the figures of the first time, for people
     * @param reach what is known of its effect on what follows
     */
    public record Joint(Link link, long atNanos, long count, String detail, Reach reach) {}

    /** How a link is joined to what follows it. */
    public enum Reach {
        /** With this limit lifted, the simulator no longer shows what follows. */
        THEREFORE,
        /** What follows also happens without it, or that was not tried. */
        THEN
    }
}
