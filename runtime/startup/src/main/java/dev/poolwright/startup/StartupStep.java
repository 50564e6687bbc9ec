package dev.poolwright.startup;

/** What one step of a start-up does. Run on a thread of its own, which is interrupted at the deadline of a try. */
public interface StartupStep {

    /** Does it; returning is success. Must end soon after an interrupt. */
    void run() throws Exception;

    /** Takes back what a failed try opened or was still opening. Called after every failed try, before the next. */
    default void undo() {}
}
