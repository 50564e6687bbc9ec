package dev.poolwright.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/**
 * The n-th statement of a connection fails, counted from the moment at which the fault comes into force. A statement is what
 * one {@code Query} or one {@code Execute} asks for.
 *
 * <pre>
 *   client   Parse Bind Execute Sync             Parse Bind Execute' Sync        server
 *            ErrorResponse' ReadyForQuery        ErrorResponse ReadyForQuery
 * </pre>
 *
 * The server gets something in its place that fails for certain, so its transaction, what it skips until {@code Sync} and the
 * state in its {@code ReadyForQuery} are its own; only the words of its error are exchanged.
 *
 * @param statement 1 or more
 * @param error what it fails with
 */
public record StatementError(int statement, Kind error) implements Fault, SessionFault {

    /** The errors that a service has to live with, in the server's words. */
    public enum Kind {
        SERIALIZATION_FAILURE("40001", "could not serialize access due to concurrent update"),
        DEADLOCK_DETECTED("40P01", "deadlock detected"),
        STATEMENT_TIMEOUT("57014", "canceling statement due to statement timeout"),
        LOCK_TIMEOUT("55P03", "canceling statement due to lock timeout"),
        OUT_OF_MEMORY("53200", "out of memory");

        private final String sqlState;
        private final String text;

        Kind(String sqlState, String text) {
            this.sqlState = sqlState;
            this.text = text;
        }
    }

    /** Neither a statement nor the name of a portal, and in the text of the error that the server answers it with. */
    private static final String NOTHING = "poolwright_made_this_fail";

    private static final byte[] MARK = NOTHING.getBytes(US_ASCII);

    public StatementError {
        Delays.within("statement_error: statement", statement, 1, Integer.MAX_VALUE);
    }

    @Override
    public Editor editor() {
        return new Editor() {
            private int seen;
            private boolean failing;

            @Override
            public Edit client(byte type, ByteBuf message, Session session) {
                if (type != 'Q' && type != 'E') {
                    return Edit.PASS;
                }
                if (seen < statement) {
                    seen++;
                    if (seen == statement) {
                        failing = true;
                        return new Edit.Instead(type == 'Q' ? query() : execute());
                    }
                }
                return Edit.PASS;
            }

            @Override
            public Edit server(byte type, ByteBuf message, Session session) {
                if (!failing || type != 'E' || ByteBufUtil.indexOf(Unpooled.wrappedBuffer(MARK), message) < 0) {
                    return Edit.PASS;
                }
                failing = false;
                return new Edit.Instead(
                        new ServerMessage("ERROR", error.sqlState, error.text, "", "").encoded(message.alloc()));
            }
        };
    }

    private static ByteBuf query() {
        return Unpooled.buffer()
                .writeByte('Q')
                .writeInt(Integer.BYTES + MARK.length + 1)
                .writeBytes(MARK)
                .writeByte(0);
    }

    private static ByteBuf execute() {
        return Unpooled.buffer()
                .writeByte('E')
                .writeInt(Integer.BYTES + MARK.length + 1 + Integer.BYTES)
                .writeBytes(MARK)
                .writeByte(0)
                .writeInt(0);
    }
}
