package dev.poolwright.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.policy.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults that know nothing of PostgreSQL, before a server that echoes. */
@Timeout(60)
class FaultsOnBytesTest {

    private static final byte[] HELLO = new byte[8];
    private static final int SOON_MILLIS = 20_000;

    private final EchoServer server = new EchoServer();
    private final List<Socket> clients = new ArrayList<>();
    private final Proxy proxy = Proxy.start(ProxySettings.before(server.address()));

    @AfterEach
    void everythingIsClosed() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        Poll.until("no connection is left", () -> proxy.reading().path().open() == 0);
        proxy.close();
        server.close();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setTcpNoDelay(true);
        client.setSoTimeout(SOON_MILLIS);
        clients.add(client);
        client.getOutputStream().write(HELLO);
        return client;
    }

    private Socket connected() throws IOException {
        Socket client = connect();
        awaitEcho(client);
        return client;
    }

    private static void awaitEcho(Socket client) throws IOException {
        assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }

    private static void roundTrip(Socket client) throws IOException {
        client.getOutputStream().write(HELLO);
        awaitEcho(client);
    }

    private static boolean isSilent(Socket client) throws IOException {
        client.setSoTimeout(150);
        try {
            return client.getInputStream().read() == Integer.MIN_VALUE;
        } catch (SocketTimeoutException nothing) {
            return true;
        } finally {
            client.setSoTimeout(SOON_MILLIS);
        }
    }

    /** Median of many round trips, in milliseconds. */
    private static double medianMillis(Socket client) throws IOException {
        double[] millis = new double[101];
        for (int i = 0; i < millis.length; i++) {
            long begun = Clock.system().nanos();
            roundTrip(client);
            millis[i] = (Clock.system().nanos() - begun) / 1e6;
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }

    private static void assertReset(Socket client) {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        client.getOutputStream().write(HELLO);
                        if (client.getInputStream().read() < 0) {
                            return;
                        }
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageMatching(".*(reset|Broken pipe|abort).*");
    }

    @Test
    void latencyHitsItsFigureOnOpenAndNewConnectionsAndEndsWithTheFault() throws IOException {
        Socket open = connected();
        double without = medianMillis(open);
        Applied latency = proxy.apply(Latency.ofRoundTrip(Duration.ofMillis(8)));
        assertThat(medianMillis(open) - without).as("open").isBetween(7.0, 9.0);
        assertThat(medianMillis(connected()) - without).as("new").isBetween(7.0, 9.0);
        latency.change(Latency.ofRoundTrip(Duration.ofMillis(4)));
        assertThat(medianMillis(open) - without).as("changed").isBetween(3.0, 5.0);
        latency.lift();
        assertThat(medianMillis(open) - without).as("lifted").isBetween(-1.0, 1.0);
    }

    @Test
    void jitterSpreadsAroundTheLatencyAndKeepsTheOrderOfBytes() throws Exception {
        proxy.apply(Latency.ofRoundTrip(Duration.ofMillis(10), Duration.ofMillis(8)));
        Socket client = connected();
        byte[] data = new byte[2_000];
        new SplittableRandom(5).nextBytes(data);
        Thread writer = new Thread(() -> {
            try {
                for (int at = 0; at < data.length; at += 10) {
                    client.getOutputStream().write(data, at, 10);
                    client.getOutputStream().flush();
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        writer.start();
        assertThat(client.getInputStream().readNBytes(data.length)).isEqualTo(data);
        writer.join();
        double least = Double.MAX_VALUE;
        double most = 0;
        double sum = 0;
        for (int i = 0; i < 60; i++) {
            long begun = Clock.system().nanos();
            roundTrip(client);
            double millis = (Clock.system().nanos() - begun) / 1e6;
            least = Math.min(least, millis);
            most = Math.max(most, millis);
            sum += millis;
        }
        assertThat(least).isBetween(2.0, 9.0);
        assertThat(most).isGreaterThan(11);
        assertThat(sum / 60).isBetween(8.0, 13.0);
    }

    @Test
    void bandwidthHitsItsFigureForAllConnectionsTogether() throws Exception {
        int rate = 2_000_000;
        int total = 2_400_000;
        proxy.apply(new Bandwidth(rate, false));
        for (int count : List.of(1, 3)) {
            List<Thread> writers = new ArrayList<>();
            long before = server.received.get();
            long begun = Clock.system().nanos();
            for (int i = 0; i < count; i++) {
                Socket socket = connect();
                writers.add(new Thread(() -> write(socket, total / count)));
            }
            writers.forEach(Thread::start);
            Poll.finely("all has arrived", () -> server.received.get() - before >= total);
            double seconds = (Clock.system().nanos() - begun) / 1e9;
            assertThat(total / seconds).as(count + " connections").isBetween(rate * 0.95, rate * 1.05);
            proxy.apply(new Reset());
            for (Thread writer : writers) {
                writer.join(SOON_MILLIS);
            }
        }
    }

    private static void write(Socket socket, int bytes) {
        try {
            socket.getOutputStream().write(new byte[bytes]);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void stallHoldsOneDirectionAndLosesNothing() throws IOException {
        Socket open = connected();
        for (Way way : Way.values()) {
            try (Applied stall = proxy.apply(new Stall(way))) {
                open.getOutputStream().write(HELLO);
                assertThat(isSilent(open)).as("open, " + way).isTrue();
                assertThat(isSilent(connect())).as("new, " + way).isTrue();
                stall.lift();
                awaitEcho(open);
                awaitEcho(clients.get(clients.size() - 1));
            }
        }
    }

    @Test
    void resetHitsOpenConnectionsOnBothSidesAndNoneThatComesLater() throws IOException {
        Socket open = connected();
        proxy.apply(new Reset());
        assertReset(open);
        roundTrip(connected());
        Poll.until("the server lets go", () -> proxy.reading().path().open() == 1);
    }

    @Test
    void halfOpenLosesWhatIsSentAndNewConnectsHang() throws IOException {
        Socket open = connected();
        Socket givesUp = connected();
        Applied half = proxy.apply(new HalfOpen());
        open.getOutputStream().write(HELLO);
        assertThat(isSilent(open)).isTrue();
        Socket hangs = connect();
        assertThat(isSilent(hangs)).isTrue();
        assertThat(server.accepted).as("the server hears of no new one").hasValue(2);
        givesUp.close();
        assertThat(proxy.reading().path().open())
                .as("the server does not hear of the end")
                .isEqualTo(2);
        half.lift();
        assertReset(open);
        awaitEcho(hangs);
        Poll.until("the rest is gone", () -> proxy.reading().path().open() == 1);
    }

    @Test
    void slowCloseTellsTheEndLateButNotTheData() throws IOException {
        proxy.apply(new SlowClose(Duration.ofMillis(200)));
        Socket client = connected();
        long begun = Clock.system().nanos();
        roundTrip(client);
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(Clock.system().nanos() - begun)
                .as("there and back")
                .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(400));
    }

    @Test
    void refusedByTheOperatingSystemWhileOpenConnectionsRunOn() throws IOException {
        Socket open = connected();
        int port = proxy.port();
        Applied refuse = proxy.apply(new Refuse());
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
                .hasMessageContaining("refused");
        roundTrip(open);
        refuse.lift();
        assertThat(proxy.port()).isEqualTo(port);
        connected();
    }

    @Test
    void silentAcceptanceEndsWithTheFault() throws IOException {
        Socket open = connected();
        Applied silent = proxy.apply(new AcceptSilent());
        Socket waits = connect();
        assertThat(isSilent(waits)).isTrue();
        roundTrip(open);
        silent.lift();
        awaitEcho(waits);
    }

    @Test
    void connectionIsCutAfterExactlySoManyBytes() throws IOException {
        for (boolean reset : new boolean[] {false, true}) {
            Socket open = connected();
            try (Applied cut = proxy.apply(new CutAfter(1_000, Direction.TO_CLIENT, reset))) {
                open.getOutputStream().write(new byte[5_000]);
                assertThat(untilTheEnd(open)).isEqualTo(1_000);
                Socket second = connect();
                second.getOutputStream().write(new byte[5_000]);
                assertThat(untilTheEnd(second)).as("one that is new").isEqualTo(1_000);
                cut.lift();
            }
        }
    }

    private static int untilTheEnd(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        int count = 0;
        try {
            while (in.read() >= 0) {
                count++;
            }
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return count;
    }

    @Test
    void slicesArriveOneByOne() throws IOException {
        Socket client = connected();
        proxy.apply(new Slicing(100, Duration.ofMillis(10)));
        long begun = Clock.system().nanos();
        byte[] data = new byte[1_000];
        new SplittableRandom(3).nextBytes(data);
        client.getOutputStream().write(data);
        byte[] first = new byte[1_000];
        int came = client.getInputStream().read(first);
        assertThat(came).isLessThanOrEqualTo(200);
        assertThat(client.getInputStream().readNBytes(first, came, 1_000 - came))
                .isEqualTo(1_000 - came);
        assertThat(first).isEqualTo(data);
        assertThat(Clock.system().nanos() - begun).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(90));
    }

    @Test
    void idleConnectionIsForgottenInSilence() throws IOException {
        Socket idle = connected();
        Applied cutOff = proxy.apply(new IdleCutOff(Duration.ofMillis(600), false));
        Socket busy = connected();
        for (int i = 0; i < 8; i++) {
            roundTrip(busy);
            assertThat(isSilent(busy)).isTrue();
        }
        idle.getOutputStream().write(HELLO);
        assertThat(isSilent(idle)).isTrue();
        roundTrip(busy);
        cutOff.lift();
        assertReset(idle);
        roundTrip(busy);
    }

    @Test
    void idleConnectionIsResetWhenSoAsked() throws IOException {
        Socket idle = connected();
        Applied cutOff = proxy.apply(new IdleCutOff(Duration.ofMillis(100), true));
        assertThat(isSilent(idle)).isTrue();
        assertReset(idle);
        assertThat(proxy.reading().path().open())
                .as("the server has not heard of it")
                .isEqualTo(1);
        roundTrip(connected());
        cutOff.lift();
    }

    @Test
    void connectsPassAtTheirRateAndAllAtOnceWhenItIsLifted() throws IOException {
        Applied rate = proxy.apply(new ConnectRate(20));
        long begun = Clock.system().nanos();
        for (int i = 0; i < 9; i++) {
            connected();
        }
        assertThat(Clock.system().nanos() - begun)
                .isBetween(TimeUnit.MILLISECONDS.toNanos(400), TimeUnit.SECONDS.toNanos(5));
        rate.change(new ConnectRate(0.01));
        Socket first = connected();
        Socket waits = connect();
        assertThat(isSilent(waits)).isTrue();
        rate.lift();
        awaitEcho(waits);
        roundTrip(first);
    }

    @Test
    void shareIsDrawnFromTheSeed() throws IOException {
        for (int i = 0; i < 40; i++) {
            connected();
        }
        Share share = new Share(0.3, 11);
        try (Applied stall = proxy.apply(new Stall(Way.BOTH), share)) {
            List<Integer> hit = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                clients.get(i).getOutputStream().write(HELLO);
            }
            for (int i = 0; i < 40; i++) {
                if (share.hits(i)) {
                    hit.add(i);
                    assertThat(clients.get(i).getInputStream().available()).isZero();
                } else {
                    awaitEcho(clients.get(i));
                }
            }
            assertThat(hit).hasSizeBetween(6, 18);
            stall.lift();
            for (int i : hit) {
                awaitEcho(clients.get(i));
            }
        }
    }

    @Test
    void exchangeLeavesNoMomentWithoutAFault() throws IOException {
        Applied silent = proxy.apply(new AcceptSilent());
        Socket waits = connect();
        List<Applied> both = proxy.exchange(
                List.of(silent),
                List.of(new Hit(new Stall(Way.BOTH), Share.ALL), new Hit(new ConnectRate(10), Share.ALL)));
        assertThat(isSilent(waits)).isTrue();
        both.get(0).lift();
        awaitEcho(waits);
        assertThatThrownBy(() -> silent.change(new NoFault())).hasMessageContaining("was lifted");
    }

    @Test
    void figuresOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Bandwidth(1, false))
                .hasMessage("bandwidth: bytesPerSecond = 1 is out of range; allowed is 100 to 1099511627776");
        assertThatThrownBy(() -> new ConnectRate(0)).hasMessageContaining("allowed is 0.001 to 1000000");
        assertThatThrownBy(() -> new Share(0, 1)).hasMessageContaining("allowed is above 0, up to 1");
        assertThatThrownBy(() -> Latency.ofRoundTrip(Duration.ofMillis(2), Duration.ofMillis(3)))
                .hasMessageContaining("allowed is 0 to PT0.001S");
    }
}
