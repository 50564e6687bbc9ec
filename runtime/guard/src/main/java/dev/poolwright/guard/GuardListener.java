package dev.poolwright.guard;

/**
 * Hears of what happens, on a thread of the guard's own, never on a caller's. What it throws is counted and goes no further;
 * while it takes its time events wait, at most 256, and then are lost and counted.
 */
@FunctionalInterface
public interface GuardListener {

    void happened(GuardEvent event);

    /** Writes a warning for each event to the logger {@code dev.poolwright.guard} of the platform. */
    static GuardListener logging() {
        System.Logger logger = System.getLogger("dev.poolwright.guard");
        return event -> {
            StringBuilder text = new StringBuilder("guard ")
                    .append(event.guard())
                    .append(": ")
                    .append(event.text());
            for (Holder holder : event.holders()) {
                text.append(System.lineSeparator())
                        .append("  held ")
                        .append(holder.held().toMillis())
                        .append(" ms by ")
                        .append(holder.thread())
                        .append(holder.place().isEmpty() ? "" : " from " + holder.place());
            }
            logger.log(System.Logger.Level.WARNING, text.toString());
        };
    }
}
