package dev.poolwright.lab.run;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Writes messages to an instance's process on a thread of its own, in order. The pipe holds some kilobytes; a process that
 * is slow to read would otherwise hold up the generator, and an open load would wait for its subject. Thread-safe.
 */
final class Outbox {

    /** Some seconds of the highest rate of the lab; a process that reads nothing for so long takes no operations. */
    static final int MOST = 8_192;

    private final BlockingQueue<Message> waiting = new LinkedBlockingQueue<>(MOST);
    private final MessageStream stream;
    private final Consumer<IOException> broken;
    private final Thread writer;

    /** @param broken told once, why, when the other side reads no more */
    Outbox(String name, OutputStream out, Consumer<IOException> broken) throws IOException {
        this.stream = new MessageStream(new ObjectOutputStream(out));
        this.broken = broken;
        this.writer = new Thread(this::write, name);
        writer.setDaemon(true);
        writer.start();
    }

    /** False when it is full: the message is not sent. */
    boolean offer(Message message) {
        return waiting.offer(message);
    }

    /** What waits is not sent. */
    void close() {
        writer.interrupt();
    }

    private void write() {
        try {
            Message message = waiting.take();
            while (!(message instanceof Message.Stop)) {
                stream.write(message);
                if (waiting.isEmpty()) {
                    stream.flush();
                }
                message = waiting.take();
            }
            stream.write(message);
            stream.flush();
        } catch (IOException processEnded) {
            broken.accept(processEnded);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
