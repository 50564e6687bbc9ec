package dev.poolwright.lab.run;

import dev.poolwright.model.run.LoadResult.Outcome;
import java.io.Serializable;

/**
 * How one try of an operation ended in its instance.
 *
 * @param waitedNanos for connections, all borrows together
 * @param wrote whether the evidence was acknowledged by the server
 * @param error the first database error; empty when there is none
 */
record Ended(Outcome outcome, long waitedNanos, boolean wrote, String error) implements Serializable {}
