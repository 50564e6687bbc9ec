package dev.poolwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.poolwright.cli.Failures.WrongUse;
import dev.poolwright.files.ProxyFaultsFile;
import dev.poolwright.files.problem.Problems;
import dev.poolwright.proxy.Proxy;
import dev.poolwright.proxy.ProxyReading;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * The control of a proxy over HTTP.
 *
 * <pre>
 *   GET    /status         what it has seen
 *   GET    /faults         what is in force, or waits for its moment
 *   PUT    /faults         these and no others
 *   POST   /faults         these beside the others; one of the same name is changed
 *   DELETE /faults[/NAME]  all, or one
 * </pre>
 *
 * Bodies are JSON (or YAML): {@code {"faults": [{"fault": "latency", "adds": "20ms"}]}}. A change of several faults is one step.
 */
final class ProxyControl implements AutoCloseable {

    private static final int BODY_MAXIMUM = 1 << 20;
    private static final int OK = 200;
    private static final int WRONG = 400;
    private static final int UNKNOWN = 404;
    private static final int NOT_ALLOWED = 405;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final HttpServer server;
    private final Proxy proxy;
    private final StandingFaults faults;
    private final String to;

    ProxyControl(InetSocketAddress address, Proxy proxy, StandingFaults faults, String to) throws IOException {
        this.proxy = proxy;
        this.faults = faults;
        this.to = to;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException failure) {
            throw new WrongUse("--control = " + Address.text(address) + " cannot be bound (" + failure.getMessage()
                    + "); choose another port, or 0 for any free one");
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://" + Address.text(server.getAddress());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Reply(int status, String type, String text) {
        static Reply json(Object node) throws IOException {
            return new Reply(OK, "application/json", JSON.writeValueAsString(node) + "\n");
        }

        static Reply text(int status, String text) {
            return new Reply(status, "text/plain; charset=utf-8", text + "\n");
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Reply reply = reply(exchange);
            byte[] bytes = reply.text().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String method = exchange.getRequestMethod();
        try {
            if (path.equals("/status")) {
                return method.equals("GET") ? Reply.json(status()) : notAllowed(method, path, "GET");
            }
            if (path.equals("/faults")) {
                return faults(method, path, exchange);
            }
            if (path.startsWith("/faults/")) {
                String name = path.substring("/faults/".length());
                if (!method.equals("DELETE")) {
                    return notAllowed(method, path, "DELETE");
                }
                return faults.remove(name)
                        ? Reply.json(list())
                        : Reply.text(UNKNOWN, "no such fault: " + name + "; in force: " + names());
            }
            return Reply.text(UNKNOWN, "nothing is at " + path + "; there is /status and /faults");
        } catch (Problems | WrongUse | IllegalArgumentException wrong) {
            return Reply.text(WRONG, String.valueOf(wrong.getMessage()));
        }
    }

    private Reply faults(String method, String path, HttpExchange exchange) throws IOException, Problems {
        switch (method) {
            case "GET" -> {}
            case "PUT" -> faults.replace(ProxyFaultsFile.read("body", body(exchange)));
            case "POST" -> faults.add(ProxyFaultsFile.read("body", body(exchange)));
            case "DELETE" -> faults.replace(java.util.List.of());
            default -> {
                return notAllowed(method, path, "GET, PUT, POST, DELETE");
            }
        }
        return Reply.json(list());
    }

    private static Reply notAllowed(String method, String path, String allowed) {
        return Reply.text(NOT_ALLOWED, method + " is not possible at " + path + "; allowed: " + allowed);
    }

    private static String body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(BODY_MAXIMUM + 1);
        if (bytes.length > BODY_MAXIMUM) {
            throw new WrongUse("the body is longer than " + BODY_MAXIMUM + " bytes; send fewer faults");
        }
        return new String(bytes, UTF_8);
    }

    private String names() {
        return faults.list().isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        faults.list().stream().map(one -> one.wanted().name()).toList());
    }

    private ObjectNode status() {
        ProxyReading seen = proxy.reading();
        ObjectNode node = JSON.createObjectNode();
        node.put("port", proxy.port());
        node.put("to", to);
        node.put("open", seen.path().open());
        node.put("waiting", seen.path().waiting());
        if (seen.path().capacity() < Integer.MAX_VALUE) {
            node.put("capacity", seen.path().capacity());
        }
        node.put("accepted", seen.accepted());
        node.put("cancel_requests", seen.cancels());
        ObjectNode refused = node.putObject("refused_by");
        seen.refused().forEach((by, count) -> refused.put(by.name().toLowerCase(Locale.ROOT), count));
        node.put("faults", faults.list().size());
        return node;
    }

    private ObjectNode list() {
        ObjectNode node = JSON.createObjectNode();
        ArrayNode list = node.putArray("faults");
        for (StandingFaults.Standing one : faults.list()) {
            ObjectNode item = list.addObject();
            item.put("name", one.wanted().name());
            one.wanted().written().forEach(item::put);
            item.put("in_force", one.applied().isPresent());
        }
        return node;
    }
}
