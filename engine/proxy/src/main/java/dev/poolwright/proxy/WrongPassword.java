package dev.poolwright.proxy;

import io.netty.buffer.ByteBuf;

/**
 * The server refuses every log-in as one with a wrong password (28P01). The log-in goes as ever, with all its round trips,
 * until the server would say yes. Text: PostgreSQL's {@code auth_failed}.
 */
public record WrongPassword() implements Fault, SessionFault {

    @Override
    public Editor editor() {
        return new Editor() {
            @Override
            public Edit server(byte type, ByteBuf message, Session session) {
                return type == 'R' && Authentication.isYes(message)
                        ? new Edit.Last(ServerMessage.fatal(
                                "28P01", "password authentication failed for user \"" + session.user() + "\""))
                        : Edit.PASS;
            }
        };
    }
}
