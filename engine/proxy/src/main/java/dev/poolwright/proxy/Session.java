package dev.poolwright.proxy;

import dev.poolwright.proxy.Faults.Entry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's protocol on one connection: follows where messages begin, so that a fault can look inside a connection that is
 * open already, and asks the faults that do so what becomes of each.
 *
 * <pre>
 *   START ──encryption asked──▶ ASKED ──yes──▶ OPAQUE   (TLS: everything passes, nothing is seen)
 *     ▲                           │no
 *     └───────────────────────────┘
 *   START ──startup packet──▶ MESSAGES ──not the protocol──▶ OPAQUE
 * </pre>
 *
 * While no fault looks inside, bytes are followed and not copied. Used by one event loop.
 */
final class Session {

    private enum Phase {
        START,
        ASKED,
        MESSAGES,
        OPAQUE
    }

    /** Longer messages pass unseen: no fault is about one, and it would have to be kept whole. */
    private static final int SEEN_MAXIMUM = 1 << 20;

    private final Link link;
    private final ByteBufAllocator allocator;
    private final Line toServer;
    private final Line toClient;
    private final Frames clientFrames = new Frames();
    private final Frames serverFrames = new Frames();
    private Force force;
    private Map<Entry, Editor> editors = Map.of();
    private Phase phase = Phase.START;
    private String user = "";
    private @Nullable ByteBuf clientKept;
    private @Nullable ByteBuf serverKept;
    private @Nullable ServerMessage lastWords;

    Session(Link link, ByteBufAllocator allocator, Force force, Line toServer, Line toClient) {
        this.link = link;
        this.allocator = allocator;
        this.force = force;
        this.toServer = toServer;
        this.toClient = toClient;
        force(force);
    }

    /** The role that logs in; empty when it cannot be seen. */
    String user() {
        return user;
    }

    /** Other faults are in force; those that go on keep what they have counted. */
    void force(Force now) {
        force = now;
        if (!now.editing().isEmpty() || !editors.isEmpty()) {
            Map<Entry, Editor> next = new LinkedHashMap<>();
            for (Entry entry : now.editing()) {
                Editor before = editors.get(entry);
                next.put(entry, before == null ? ((SessionFault) entry.fault).editor() : before);
            }
            editors = next.isEmpty() ? Map.of() : next;
        }
        letGo();
        toServer.force(now);
        toClient.force(now);
    }

    /** Takes over the bytes. */
    void fromClient(ByteBuf bytes) {
        switch (phase) {
            case OPAQUE -> toServer.offer(bytes);
            case MESSAGES -> {
                if (editors.isEmpty() && clientKept == null) {
                    follow(clientFrames, bytes, toServer);
                } else {
                    clientKept = kept(clientKept, bytes);
                    editClient();
                }
            }
            case START, ASKED -> {
                clientKept = kept(clientKept, bytes);
                start();
            }
        }
    }

    /** Takes over the bytes. */
    void fromServer(ByteBuf bytes) {
        if (phase == Phase.ASKED && bytes.isReadable()) {
            byte answer = bytes.getByte(bytes.readerIndex());
            // Anything but a single no means that encryption, or a server that knows none, follows.
            phase = answer == 'N' && bytes.readableBytes() == 1 ? Phase.START : Phase.OPAQUE;
            toClient.offer(bytes);
            if (phase == Phase.OPAQUE) {
                letGo();
            } else {
                start();
            }
        } else if (phase != Phase.MESSAGES) {
            toClient.offer(bytes);
        } else if (editors.isEmpty() && serverKept == null && lastWords == null) {
            follow(serverFrames, bytes, toClient);
        } else {
            serverKept = kept(serverKept, bytes);
            editServer();
        }
    }

    /** The server says this between two messages, and closes. False when it cannot be said. */
    boolean sayLast(ServerMessage words) {
        if (phase != Phase.MESSAGES) {
            return false;
        }
        lastWords = words;
        editServer();
        return true;
    }

    /** Releases what was kept. */
    void close() {
        clientKept = released(clientKept);
        serverKept = released(serverKept);
        phase = Phase.OPAQUE;
    }

    private void follow(Frames frames, ByteBuf bytes, Line line) {
        if (!frames.follow(bytes)) {
            phase = Phase.OPAQUE;
            letGo();
        }
        line.offer(bytes);
    }

    /** Passes on what was kept for faults that are gone. */
    private void letGo() {
        boolean unseen = phase == Phase.OPAQUE || (phase == Phase.MESSAGES && editors.isEmpty());
        if (unseen && clientKept != null) {
            ByteBuf bytes = clientKept;
            clientKept = null;
            fromClient(bytes);
            toServer.flush();
        }
        if (unseen && serverKept != null && lastWords == null) {
            ByteBuf bytes = serverKept;
            serverKept = null;
            fromServer(bytes);
            toClient.flush();
        }
    }

    /** The packets before the messages. Bounded: every turn consumes a packet or ends. */
    private void start() {
        while (phase == Phase.START && clientKept != null && clientKept.readableBytes() >= StartupPacket.HEAD) {
            int length = StartupPacket.length(clientKept);
            if (length < StartupPacket.HEAD || length > StartupPacket.LENGTH_MAXIMUM) {
                phase = Phase.OPAQUE;
            } else if (clientKept.readableBytes() < length) {
                return;
            } else if (StartupPacket.asksForEncryption(clientKept)) {
                phase = Phase.ASKED;
                toServer.offer(clientKept.readRetainedSlice(length));
            } else if (StartupPacket.isOfVersion3(clientKept)) {
                ByteBuf packet = clientKept.readSlice(length);
                user = StartupPacket.parameter(packet, "user");
                toServer.offer(StartupPacket.with(force.sessionSettings(), packet, allocator));
                phase = Phase.MESSAGES;
            } else {
                phase = Phase.OPAQUE;
            }
        }
        if (clientKept != null && !clientKept.isReadable()) {
            clientKept = released(clientKept);
        }
        if (phase == Phase.MESSAGES && clientKept != null && !editors.isEmpty()) {
            editClient();
        }
        letGo();
    }

    private void editClient() {
        for (ByteBuf message = next(clientFrames, clientKept, toServer);
                message != null;
                message = next(clientFrames, clientKept, toServer)) {
            ask(message, true, toServer);
        }
        if (clientKept != null && !clientKept.isReadable()) {
            clientKept = released(clientKept);
        }
    }

    private void editServer() {
        if (lastWords == null) {
            // Asked for one at a time: a message taken out after the last words would be nobody's.
            while (lastWords == null) {
                ByteBuf message = next(serverFrames, serverKept, toClient);
                if (message == null) {
                    break;
                }
                ask(message, false, toClient);
            }
        } else {
            passRest(serverFrames, serverKept, toClient);
        }
        if (lastWords != null && serverFrames.atBoundary()) {
            serverKept = released(serverKept);
            toClient.offer(lastWords.encoded(allocator));
            toClient.flush();
            phase = Phase.OPAQUE;
            link.closedByServer();
        } else if (serverKept != null && !serverKept.isReadable()) {
            serverKept = released(serverKept);
        }
    }

    /** The next whole message, which is the caller's; null when there is none yet, or none to be seen. */
    private @Nullable ByteBuf next(Frames frames, @Nullable ByteBuf kept, Line line) {
        if (kept == null || phase != Phase.MESSAGES) {
            return null;
        }
        passRest(frames, kept, line);
        if (kept.readableBytes() < Frames.HEADER) {
            return null;
        }
        int length = kept.getInt(kept.readerIndex() + 1) + 1;
        if (!Frames.plausible(kept, kept.readerIndex())) {
            phase = Phase.OPAQUE;
            letGo();
            return null;
        }
        if (length > SEEN_MAXIMUM) {
            ByteBuf begin = kept.readSlice(Math.min(length, kept.readableBytes()));
            frames.follow(begin);
            line.offer(allocator.buffer(begin.readableBytes()).writeBytes(begin));
            return next(frames, kept, line);
        }
        return kept.readableBytes() < length ? null : allocator.buffer(length).writeBytes(kept, length);
    }

    private void passRest(Frames frames, @Nullable ByteBuf kept, Line line) {
        if (kept != null && !frames.atBoundary()) {
            int rest = frames.untilBoundary(kept);
            if (rest == 0) {
                return;
            }
            line.offer(allocator.buffer(rest).writeBytes(kept, rest));
        }
    }

    private void ask(ByteBuf message, boolean ofClient, Line line) {
        byte type = message.getByte(message.readerIndex());
        for (Map.Entry<Entry, Editor> one : editors.entrySet()) {
            Edit edit = ofClient
                    ? one.getValue().client(type, message, this)
                    : one.getValue().server(type, message, this);
            if (!(edit instanceof Edit.Pass)) {
                carryOut(edit, one.getKey(), message, line);
                return;
            }
        }
        line.offer(message);
    }

    /** Takes over the message. */
    private void carryOut(Edit edit, Entry by, ByteBuf message, Line line) {
        if (edit instanceof Edit.Instead instead) {
            message.release();
            line.offer(instead.bytes());
        } else if (edit instanceof Edit.Late late) {
            line.pause(late.nanos());
            line.offer(message);
        } else if (edit instanceof Edit.Hold hold) {
            line.offer(message.readRetainedSlice(hold.bytes()));
            line.hold(by);
            line.offer(message);
        } else if (edit instanceof Edit.Cut cut) {
            line.offer(message.readRetainedSlice(cut.bytes()));
            message.release();
            line.cut(true);
        } else if (edit instanceof Edit.Last last) {
            message.release();
            lastWords = last.words();
        }
    }

    private ByteBuf kept(@Nullable ByteBuf before, ByteBuf more) {
        if (before == null) {
            return more;
        }
        ByteBuf both = allocator.buffer(before.readableBytes() + more.readableBytes());
        both.writeBytes(before).writeBytes(more);
        before.release();
        more.release();
        return both;
    }

    private static @Nullable ByteBuf released(@Nullable ByteBuf bytes) {
        if (bytes != null) {
            bytes.release();
        }
        return null;
    }
}
