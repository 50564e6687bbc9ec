package dev.poolwright.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

    @Test
    void bufferThatIsLostIsNoticed() {
        assertThat(LeakWatch.LEAKS).as("lost by a test before this one").isEmpty();
        lose();
        Poll.until("the loss is noticed", () -> {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
            return !LeakWatch.LEAKS.isEmpty();
        });
        assertThat(LeakWatch.LEAKS).hasSize(1);
        LeakWatch.LEAKS.clear();
    }

    private static void lose() {
        ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
    }
}
