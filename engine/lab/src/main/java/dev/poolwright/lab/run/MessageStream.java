package dev.poolwright.lab.run;

import java.io.IOException;
import java.io.ObjectOutputStream;

/** Messages on an object stream, with a bound on what the stream remembers. Not thread-safe. */
final class MessageStream {

    /**
     * An object stream remembers every object ever sent until it is reset, and sends every class anew after that: at each
     * message that costs more than the message, never it would be a leak.
     */
    private static final int MESSAGES_BEFORE_RESET = 64;

    private final ObjectOutputStream out;
    private int written;

    MessageStream(ObjectOutputStream out) throws IOException {
        this.out = out;
        out.flush();
    }

    void write(Message message) throws IOException {
        if (++written % MESSAGES_BEFORE_RESET == 0) {
            out.reset();
        }
        out.writeObject(message);
    }

    void flush() throws IOException {
        out.flush();
    }
}
