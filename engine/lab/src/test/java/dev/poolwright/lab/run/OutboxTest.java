package dev.poolwright.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutboxTest {

    private final CountDownLatch broken = new CountDownLatch(1);

    @Test
    void aProcessThatReadsNothingDoesNotHoldUpWhoSends() throws Exception {
        PipedInputStream unread = new PipedInputStream(64);
        Outbox outbox = new Outbox("test", new PipedOutputStream(unread), why -> broken.countDown());
        int taken = 0;
        while (taken <= 2 * Outbox.MOST && outbox.offer(execute(taken))) {
            taken++;
        }
        assertThat(taken).isBetween(Outbox.MOST, Outbox.MOST + 10);
        outbox.close();
    }

    @Test
    void messagesArriveInOrderAcrossResetsOfTheStream() throws Exception {
        PipedInputStream read = new PipedInputStream(1 << 16);
        Outbox outbox = new Outbox("test", new PipedOutputStream(read), why -> broken.countDown());
        int many = 500;
        for (int i = 0; i < many; i++) {
            assertThat(outbox.offer(execute(i))).isTrue();
        }
        ObjectInputStream in = new ObjectInputStream(read);
        for (int i = 0; i < many; i++) {
            assertThat(in.readObject()).isEqualTo(execute(i));
        }
        outbox.close();
        assertThat(broken.getCount()).isEqualTo(1);
    }

    @Test
    void aProcessThatEndedIsNoticed() throws Exception {
        PipedInputStream read = new PipedInputStream(1 << 16);
        Outbox outbox = new Outbox("test", new PipedOutputStream(read), why -> broken.countDown());
        read.close();
        outbox.offer(execute(1));
        assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Message execute(long id) {
        return new Message.Execute(
                id,
                new Operation(
                        id,
                        "backend/chat",
                        "1",
                        0,
                        0,
                        0,
                        1,
                        false,
                        List.of(new Operation.Hold("backend/main", 1, false, 1, 0))));
    }
}
