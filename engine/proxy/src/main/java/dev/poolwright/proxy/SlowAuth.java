package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * The server takes long to find out who a client is: its yes comes late. What was logged in before runs on.
 *
 * @param delay 0 to one day
 */
public record SlowAuth(Duration delay) implements Fault, SessionFault {

    public SlowAuth {
        Delays.checked("slow_auth: delay", delay);
    }

    @Override
    public Editor editor() {
        return new Editor() {
            private boolean late;

            @Override
            public Edit server(byte type, ByteBuf message, Session session) {
                if (late || type != 'R' || !Authentication.isYes(message)) {
                    return Edit.PASS;
                }
                late = true;
                return new Edit.Late(delay.toNanos());
            }
        };
    }
}
