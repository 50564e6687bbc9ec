package dev.poolwright.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.policy.Clock;
import dev.poolwright.policy.PathSettings;
import io.netty.buffer.ByteBufAllocator;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The proxy before a server that echoes: eight bytes of zeros are a first packet like any other. */
class ProxyTest {

    private static final byte[] HELLO = new byte[8];

    private final EchoServer server = new EchoServer();
    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }

    private Socket connect(Proxy proxy) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(20_000);
        clients.add(client);
        client.getOutputStream().write(HELLO);
        return client;
    }

    private static void awaitEcho(Socket client) throws IOException {
        assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }

    private ProxySettings settings() {
        return ProxySettings.before(server.address());
    }

    @Test
    void fourthConnectWaitsAtACapOfThreeUntilOneCloses() throws IOException {
        try (Proxy proxy = Proxy.start(settings());
                Applied cap = proxy.apply(new PathCap(3, Duration.ofHours(1)))) {
            List<Socket> open = List.of(connect(proxy), connect(proxy), connect(proxy));
            for (Socket client : open) {
                awaitEcho(client);
            }
            Socket fourth = connect(proxy);
            Poll.until("one waits", () -> proxy.reading().path().waiting() == 1);
            assertThat(server.accepted).hasValue(3);
            assertThat(proxy.reading().path().open()).isEqualTo(3);
            assertThat(proxy.reading().path().firstFull()).isPresent();
            open.get(0).close();
            awaitEcho(fourth);
            assertThat(server.accepted).hasValue(4);
            assertThat(proxy.reading().path().open()).isEqualTo(3);
            assertThat(proxy.reading().path().waiting()).isZero();
            cap.lift();
        }
    }

    @Test
    void waiterGetsThroughWhenTheLiftedCapHasScaledOut() throws IOException {
        try (Proxy proxy = Proxy.start(settings())) {
            Applied cap = proxy.apply(new PathCap(1, Duration.ofMillis(100)));
            awaitEcho(connect(proxy));
            Socket second = connect(proxy);
            Poll.until("one waits", () -> proxy.reading().path().waiting() == 1);
            long lifted = Clock.system().nanos();
            cap.lift();
            awaitEcho(second);
            assertThat(Clock.system().nanos() - lifted).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
            assertThat(proxy.reading().path().capacity()).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void clientThatHangsUpWhileItWaitsTakesNoSlotAndIsNeverDialled() throws IOException {
        try (Proxy proxy = Proxy.start(settings())) {
            proxy.apply(new PathCap(1, Duration.ZERO));
            Socket first = connect(proxy);
            awaitEcho(first);
            Socket gone = connect(proxy);
            Poll.until("one waits", () -> proxy.reading().path().waiting() == 1);
            Socket third = connect(proxy);
            Poll.until("two wait", () -> proxy.reading().path().waiting() == 2);
            gone.close();
            Poll.until("one waits", () -> proxy.reading().path().waiting() == 1);
            first.close();
            awaitEcho(third);
            assertThat(server.accepted).hasValue(2);
            third.close();
            Poll.until("nothing is open", () -> proxy.reading().path().open() == 0);
        }
    }

    @Test
    void connectBeyondTheWaitersIsReset() throws IOException {
        PathSettings path = new PathSettings(1, 1, 0, 0, 0, 0);
        try (Proxy proxy = Proxy.start(settings().withPath(path))) {
            awaitEcho(connect(proxy));
            Socket second = connect(proxy);
            assertThatThrownBy(() -> second.getInputStream().read()).hasMessageContaining("reset");
            assertThat(proxy.reading().refused(Refusal.PATH)).isEqualTo(1);
        }
    }

    @Test
    void latencyIsAddedEachWayAndDoesNotThrottle() throws IOException {
        try (Proxy proxy = Proxy.start(settings())) {
            Socket client = connect(proxy);
            awaitEcho(client);
            Applied latency = proxy.apply(new Latency(Duration.ofMillis(60), Duration.ofMillis(40)));
            long begun = Clock.system().nanos();
            for (int i = 0; i < 50; i++) {
                client.getOutputStream().write(HELLO);
            }
            client.getInputStream().readNBytes(50 * HELLO.length);
            long took = Clock.system().nanos() - begun;
            assertThat(took).isBetween(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(2));
            latency.lift();
            client.getOutputStream().write(HELLO);
            awaitEcho(client);
        }
    }

    @Test
    void slowConnectDelaysTheDialAndIsSeenInTheCountsOfConnects() throws IOException {
        Queue<String> told = new ConcurrentLinkedQueue<>();
        ProxyListener listener = new ProxyListener() {
            @Override
            public void admitted(long moment, long waitedNanos) {
                told.add("admitted " + waitedNanos);
            }

            @Override
            public void connected(long moment, long connectNanos) {
                told.add("connected " + (connectNanos >= TimeUnit.MILLISECONDS.toNanos(80)));
            }

            @Override
            public void closed(long moment) {
                told.add("closed");
                throw new IllegalStateException("a listener that fails");
            }
        };
        try (Proxy proxy = Proxy.start(settings().withListener(listener))) {
            proxy.apply(new SlowConnect(Duration.ofMillis(80)));
            Socket client = connect(proxy);
            awaitEcho(client);
            client.close();
            Poll.until("its end is told", () -> proxy.reading().listenerFailures() == 1);
            assertThat(told).containsExactly("admitted 0", "connected true", "closed");
            List<Long> counts = proxy.reading().connects();
            assertThat(counts.subList(0, 17)).as("below 65 ms").containsOnly(0L);
            assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
        }
    }

    @Test
    void megabytesPassUnchangedThroughAHalfClosedConnectionWithLatency() throws Exception {
        byte[] data = new byte[12 << 20];
        new SplittableRandom(7).nextBytes(data);
        data[0] = 0;
        for (Fault fault : List.of(new NoFault(), new Latency(Duration.ofMillis(5), Duration.ofMillis(5)))) {
            try (Proxy proxy = Proxy.start(settings())) {
                proxy.apply(fault);
                Socket client = connect(proxy);
                awaitEcho(client);
                Thread writer = new Thread(() -> {
                    try {
                        client.getOutputStream().write(data);
                        client.shutdownOutput();
                    } catch (IOException failure) {
                        throw new java.io.UncheckedIOException(failure);
                    }
                });
                writer.start();
                byte[] back = new DataInputStream(client.getInputStream()).readNBytes(data.length);
                assertThat(Arrays.equals(back, data)).isTrue();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                writer.join(20_000);
                client.close();
                Poll.until("nothing is open", () -> proxy.reading().path().open() == 0);
            }
        }
    }

    @Test
    void serverThatCannotBeReachedClosesTheClient() throws IOException {
        InetSocketAddress nowhere = server.address();
        server.close();
        try (Proxy proxy = Proxy.start(ProxySettings.before(nowhere))) {
            Socket client = connect(proxy);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(proxy.reading().refused(Refusal.UNREACHABLE)).isEqualTo(1);
            Poll.until("nothing is open", () -> proxy.reading().path().open() == 0);
        }
    }

    @Test
    void cancelRequestPassesAFullPathUncounted() throws IOException {
        byte[] cancel = {0, 0, 0, 16, 4, (byte) 0xd2, 0x16, 0x2e, 0, 0, 0, 1, 0, 0, 0, 2};
        try (Proxy proxy = Proxy.start(settings())) {
            proxy.apply(new PathCap(1, Duration.ZERO));
            awaitEcho(connect(proxy));
            Socket canceller = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
            clients.add(canceller);
            canceller.getOutputStream().write(cancel);
            assertThat(canceller.getInputStream().readNBytes(16)).isEqualTo(cancel);
            ProxyReading reading = proxy.reading();
            assertThat(reading.cancels()).isEqualTo(1);
            assertThat(reading.path().open()).isEqualTo(1);
        }
    }

    @Test
    void closeEndsOpenAndWaitingConnectionsAndMayBeCalledTwice() throws IOException {
        Proxy proxy = Proxy.start(settings());
        proxy.apply(new PathCap(1, Duration.ZERO));
        Socket open = connect(proxy);
        awaitEcho(open);
        Socket waits = connect(proxy);
        Poll.until("one waits", () -> proxy.reading().path().waiting() == 1);
        proxy.close();
        proxy.close();
        assertThat(open.getInputStream().read()).isEqualTo(-1);
        assertThat(waits.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), proxy.port()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void twoThousandIdleClientsHalfOfThemWaitingAreHeldAndAllLetGo() throws IOException {
        try (Proxy proxy = Proxy.start(settings())) {
            for (int i = 0; i < 1_000; i++) {
                awaitEcho(connect(proxy));
            }
            proxy.apply(new PathCap(1_000, Duration.ZERO));
            for (int i = 0; i < 1_000; i++) {
                connect(proxy);
            }
            Poll.until("all are there", () -> proxy.reading().path().waiting() == 1_000);
            assertThat(proxy.reading().path().open()).isEqualTo(1_000);
            for (Socket client : clients) {
                client.close();
            }
            Poll.until("all are gone", () -> proxy.reading().path().open() == 0);
        }
    }

    @Test
    void noBufferIsLostWhenConnectionsEndInEveryState() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        try (Proxy proxy = Proxy.start(settings())) {
            proxy.apply(new PathCap(5, Duration.ZERO));
            proxy.apply(new Latency(Duration.ofMillis(3), Duration.ofMillis(3)));
            for (int i = 0; i < 400; i++) {
                Socket client = connect(proxy);
                if (random.nextBoolean()) {
                    client.setSoLinger(true, 0);
                }
                if (random.nextInt(3) == 0) {
                    Socket other = clients.get(random.nextInt(clients.size()));
                    other.close();
                } else {
                    client.close();
                }
            }
            for (Socket client : clients) {
                client.close();
            }
            Poll.until("all are gone", () -> proxy.reading().path().open() == 0);
            assertThat(proxy.reading().path().waiting()).isZero();
        }
        // The detector speaks when a buffer is allocated after the lost one has been collected.
        for (int i = 0; i < 10; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(16).release();
        }
        assertThat(LeakWatch.LEAKS).isEmpty();
    }
}
