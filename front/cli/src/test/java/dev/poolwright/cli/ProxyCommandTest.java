package dev.poolwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.files.ProxyFaultsFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.proxy.Proxy;
import dev.poolwright.proxy.ProxySettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The proxy as a user controls it: from the command line and over HTTP. */
@Timeout(60)
class ProxyCommandTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private ServerSocket server;
    private Proxy proxy;
    private StandingFaults faults;
    private ProxyControl control;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = Proxy.start(ProxySettings.before((InetSocketAddress) server.getLocalSocketAddress()));
        faults = new StandingFaults(proxy);
        control = new ProxyControl(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), proxy, faults, "127.0.0.1:1");
    }

    @AfterEach
    void stop() throws IOException {
        control.close();
        faults.close();
        proxy.close();
        server.close();
        http.close();
    }

    private record Said(int code, String out, String err) {}

    private static Said said(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream saidOut = new ByteArrayOutputStream();
        ByteArrayOutputStream saidErr = new ByteArrayOutputStream();
        System.setOut(new PrintStream(saidOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(saidErr, true, StandardCharsets.UTF_8));
        try {
            int code = Main.run(arguments);
            return new Said(code, saidOut.toString(StandardCharsets.UTF_8), saidErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(control.url() + path))
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private boolean isRefused() {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            return !client.isConnected();
        } catch (ConnectException refused) {
            return true;
        } catch (IOException other) {
            throw new IllegalStateException(other);
        }
    }

    private static void until(BooleanSupplier condition) {
        for (int tries = 0; tries < 1_000 && !condition.getAsBoolean(); tries++) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void faultIsAddedChangedListedAndRemovedFromTheCommandLine() {
        assertThat(said("proxy", "add", "refuse", "name=shut", "--control", control.url()).code)
                .isZero();
        assertThat(isRefused()).isTrue();
        assertThat(said("proxy", "faults", "--control", control.url()).out)
                .contains("\"name\" : \"shut\"", "\"fault\" : \"refuse\"", "\"in_force\" : true");
        said("proxy", "add", "accept_silent", "name=shut", "--control", control.url());
        assertThat(isRefused()).isFalse();
        assertThat(said("proxy", "remove", "shut", "--control", control.url()).out)
                .contains("\"faults\" : [ ]");
        Said again = said("proxy", "remove", "shut", "--control", control.url());
        assertThat(again.code).isEqualTo(2);
        assertThat(again.err).contains("no such fault: shut; in force: none");
    }

    @Test
    void faultBeginsAndEndsAtItsMoments() throws Problems {
        faults.replace(ProxyFaultsFile.read("test", "faults: [{fault: refuse, at: 100ms, for: 300ms}]"));
        assertThat(isRefused()).isFalse();
        until(this::isRefused);
        until(() -> !isRefused());
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void putReplacesAllAndDeleteRemovesAll() throws IOException, InterruptedException {
        send("POST", "/faults", "{\"faults\": [{\"fault\": \"refuse\"}]}");
        HttpResponse<String> put = send(
                "PUT",
                "/faults",
                "{\"faults\": [{\"fault\": \"latency\", \"adds\": \"5ms\"}, {\"fault\": \"reset\"}]}");
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(put.body()).contains("latency").doesNotContain("refuse", "reset");
        assertThat(isRefused()).isFalse();
        assertThat(send("GET", "/status", "").body()).contains("\"accepted\"", "\"faults\" : 1");
        send("DELETE", "/faults", "");
        assertThat(faults.list()).isEmpty();
    }

    @Test
    void whatIsWrongIsSaidAllAtOnceAndChangesNothing() throws IOException, InterruptedException {
        HttpResponse<String> wrong =
                send("PUT", "/faults", "{\"faults\": [{\"fault\": \"refuze\"}, {\"fault\": \"slow_auth\"}]}");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("write refuse", "faults[1].adds");
        assertThat(send("PATCH", "/faults", "").statusCode()).isEqualTo(405);
        assertThat(send("GET", "/fault", "").statusCode()).isEqualTo(404);
        assertThat(faults.list()).isEmpty();
        Said said = said("proxy", "--listen", "0.0.0.0:1", "--to", "nowhere", "--control", "x:y");
        assertThat(said.code).isEqualTo(2);
        assertThat(said.err)
                .contains("--listen = 0.0.0.0:1 is not a loopback address")
                .contains("--to = nowhere is not an address; allowed is HOST:PORT")
                .contains("--control = x:y is not an address");
        assertThat(said("proxy", "add", "stall", "nonsense", "--control", control.url()).err)
                .contains("nonsense is not a setting; allowed is KEY=VALUE");
        assertThat(said("proxy", "faults", "--control", "http://127.0.0.1:1").err)
                .contains("nobody listens there");
    }
}
