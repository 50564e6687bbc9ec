package dev.poolwright.model.library;

import dev.poolwright.model.library.Compatibility.Answer;
import java.util.List;

/**
 * Which kind of pool runs well under which runtime ("Theory and facts", 4.2), one cell a line. {@link Answer#UNKNOWN}
 * says what would settle it; a pair that is not listed is not known.
 */
public final class RuntimePools {

    /** @param directOnly whether the cell only holds when no pooler stands between the pool and the server */
    private record Cell(String runtime, PoolFamily family, Answer answer, boolean directOnly, String text) {}

    private static final String UNCAPPED = "every use opens a connection of its own, and nothing bounds their number";
    private static final String SHARED = "one connection is shared by everybody: transactions interleave";
    private static final String STALLS =
            "a caller that waits for a connection blocks the event loop, and with it all others";

    private static final List<Cell> CELLS = List.of(
            works("threads", PoolFamily.BLOCKING),
            works("threads", PoolFamily.ASYNC),
            direct("threads", PoolFamily.NONE, UNCAPPED),
            hazard("threads", PoolFamily.SINGLE, SHARED),
            new Cell(
                    "virtual-threads",
                    PoolFamily.BLOCKING,
                    Answer.UNKNOWN,
                    false,
                    "the JDK: 21 to 23 pin the carrier thread in synchronized code, 24 and later do not (JEP 491)"),
            works("virtual-threads", PoolFamily.ASYNC),
            direct("virtual-threads", PoolFamily.NONE, UNCAPPED),
            hazard("virtual-threads", PoolFamily.SINGLE, SHARED),
            hazard("event-loop", PoolFamily.BLOCKING, STALLS),
            works("event-loop", PoolFamily.ASYNC),
            direct("event-loop", PoolFamily.NONE, UNCAPPED),
            hazard("event-loop", PoolFamily.SINGLE, SHARED),
            hazard("asyncio", PoolFamily.BLOCKING, STALLS),
            works("asyncio", PoolFamily.ASYNC),
            works("asyncio", PoolFamily.NONE),
            hazard("asyncio", PoolFamily.SINGLE, SHARED),
            works("prefork", PoolFamily.BLOCKING),
            works("prefork", PoolFamily.ASYNC),
            works("prefork", PoolFamily.NONE),
            hazard("prefork", PoolFamily.SINGLE, "a connection inherited by the fork is shared by all processes"),
            works("serverless", PoolFamily.BLOCKING),
            works("serverless", PoolFamily.ASYNC),
            direct("serverless", PoolFamily.NONE, UNCAPPED),
            works("serverless", PoolFamily.SINGLE));

    private RuntimePools() {}

    /**
     * The answer for one pair.
     *
     * @param throughPooler whether a pooler stands between the pool and the server
     */
    public static Compatibility of(String runtime, PoolFamily family, boolean throughPooler) {
        for (Cell cell : CELLS) {
            if (cell.runtime().equals(runtime) && cell.family() == family) {
                return cell.directOnly() && throughPooler
                        ? Compatibility.WORKS
                        : new Compatibility(cell.answer(), cell.text(), "");
            }
        }
        return new Compatibility(Answer.UNKNOWN, "the runtime and the pool class", "");
    }

    private static Cell works(String runtime, PoolFamily family) {
        return new Cell(runtime, family, Answer.WORKS, false, "");
    }

    private static Cell hazard(String runtime, PoolFamily family, String text) {
        return new Cell(runtime, family, Answer.HAZARD, false, text);
    }

    private static Cell direct(String runtime, PoolFamily family, String text) {
        return new Cell(runtime, family, Answer.HAZARD, true, text);
    }
}
