package dev.poolwright.lab.run;

import dev.poolwright.model.verdict.LinkKind;
import java.io.Serializable;
import java.util.LinkedHashMap;

/** What a run and an instance in a process of its own say to each other, over the process's standard input and output. */
sealed interface Message extends Serializable
        permits Message.WarmUp,
                Message.Begin,
                Message.Execute,
                Message.Stop,
                Message.Up,
                Message.Ready,
                Message.Failed,
                Message.Done,
                Message.Levels,
                Message.Happened {

    /** To the instance: open and close one connection past every proxy, so that the driver's code is loaded, and say {@link Up}. */
    record WarmUp(String url, String user, String password) implements Message {
        /** Never the password. */
        @Override
        public String toString() {
            return "warm up on " + url;
        }
    }

    /** To the instance: start up; {@code nowNanos} is the moment of the run. */
    record Begin(InstanceSpec spec, long nowNanos, long sampleNanos) implements Message {}

    /** To the instance: execute one try. */
    record Execute(long id, Operation operation) implements Message {}

    /** To the instance: close everything and exit with 0. */
    record Stop() implements Message {}

    /** From the instance: the process is up and waits for {@link Begin}. */
    record Up() implements Message {}

    /** From the instance: all phases passed. */
    record Ready() implements Message {}

    /** From the instance: the start-up failed; it closes everything and exits with {@code code}. */
    record Failed(int code, String phase, long limitNanos, long elapsedNanos, String reason, String cause)
            implements Message {}

    /** From the instance: a try ended. */
    record Done(long id, Ended ended) implements Message {}

    /** From the instance: what its pools hold, as {in use, open, waiting} by name. */
    record Levels(LinkedHashMap<String, int[]> pools) implements Message {}

    /** From the instance: something of the vocabulary happened. */
    record Happened(LinkKind kind, String subject, String detail, long atNanos) implements Message {}
}
