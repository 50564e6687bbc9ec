package dev.poolwright.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.poolwright.cli.Failures.WrongUse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code poolwright proxy faults|add|remove}: changes what a running proxy does. */
abstract class ProxyClient implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Option(
            names = "--control",
            paramLabel = "URL",
            required = true,
            description = "what the running proxy printed, for example http://127.0.0.1:7654")
    private URI control = URI.create("http://127.0.0.1");

    /** Sends, and prints what comes back. */
    int send(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        if (!"http".equals(control.getScheme()) || control.getHost() == null) {
            throw new WrongUse("--control = " + control + " is not a URL of a proxy; allowed is http://HOST:PORT");
        }
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(control.resolve(path))
                            .timeout(LIMIT)
                            .method(method, body)
                            .build(),
                    BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new WrongUse(response.body().strip());
            }
            new Terminal().print(response.body());
            return 0;
        } catch (ConnectException nobody) {
            throw new WrongUse(
                    "--control = " + control + ": nobody listens there; start poolwright proxy, which prints its URL");
        }
    }

    /** Lists. */
    @Command(name = "faults", mixinStandardHelpOptions = true, description = "Lists the faults of a running proxy.")
    static final class ListFaults extends ProxyClient {
        @Override
        public Integer call() throws IOException, InterruptedException {
            return send("GET", "/faults", BodyPublishers.noBody());
        }
    }

    /** Adds or changes. */
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds a fault to a running proxy, or changes the one of the same name.")
    static final class Add extends ProxyClient {

        @Parameters(index = "0", paramLabel = "FAULT", description = "for example latency, stall, reset (docs/faults)")
        private String fault = "";

        @Parameters(
                index = "1..*",
                paramLabel = "KEY=VALUE",
                description = "the fault's own, and name, at, for, share, seed; for example adds=20ms share=50%%")
        private List<String> settings = new ArrayList<>();

        @Override
        public Integer call() throws IOException, InterruptedException {
            ObjectNode body = new ObjectMapper().createObjectNode();
            ObjectNode item = body.putArray("faults").addObject();
            item.put("fault", fault);
            List<String> problems = new ArrayList<>();
            for (String setting : settings) {
                int equals = setting.indexOf('=');
                if (equals < 1) {
                    problems.add(setting + " is not a setting; allowed is KEY=VALUE, for example adds=20ms");
                } else if (item.has(setting.substring(0, equals))) {
                    problems.add(setting.substring(0, equals) + " is written twice; remove one");
                } else {
                    item.put(setting.substring(0, equals), setting.substring(equals + 1));
                }
            }
            if (!problems.isEmpty()) {
                throw new WrongUse(String.join(System.lineSeparator(), problems));
            }
            return send("POST", "/faults", BodyPublishers.ofString(body.toString()));
        }
    }

    /** Removes. */
    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Removes a fault from a running proxy, or all of them.")
    static final class Remove extends ProxyClient {

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "NAME",
                description = "its name, or the fault's word; left out for all")
        private String name = "";

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (!name.matches("[A-Za-z0-9_.-]*")) {
                throw new WrongUse("no such fault: " + name + "; ask for the names with poolwright proxy faults");
            }
            return send("DELETE", name.isEmpty() ? "/faults" : "/faults/" + name, BodyPublishers.noBody());
        }
    }
}
