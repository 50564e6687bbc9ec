package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;

/**
 * A result breaks off in the middle: so many rows pass whole, half of the next one, and no more.
 *
 * @param rows 0 or more, of each result
 * @param cut whether the connection is then reset on both sides; otherwise it stalls until the fault is lifted
 */
public record ResultBreak(int rows, boolean cut) implements Fault, SessionFault {

    public ResultBreak {
        Delays.within("result_break: rows", rows, 0, Integer.MAX_VALUE);
    }

    @Override
    public Editor editor() {
        return new Editor() {
            private int passed;

            @Override
            public Edit server(byte type, ByteBuf message, Session session) {
                if (type == 'C' || type == 'Z') {
                    passed = 0;
                }
                if (type != 'D') {
                    return Edit.PASS;
                }
                if (passed == rows) {
                    int half = message.readableBytes() / 2;
                    return cut ? new Edit.Cut(half) : new Edit.Hold(half);
                }
                passed++;
                return Edit.PASS;
            }
        };
    }
}
