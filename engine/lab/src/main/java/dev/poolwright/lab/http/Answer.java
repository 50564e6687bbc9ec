package dev.poolwright.lab.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Map;

/** An answer in JSON. */
record Answer(int status, Map<String, ?> body) {

    /** Seconds after which a refused caller may come back: the least that the header can say (RFC 9110, 10.2.3). */
    private static final String RETRY_AFTER_SECONDS = "1";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    static final int UNAVAILABLE = 503;

    static Answer ok(Map<String, ?> body) {
        return new Answer(OK, body);
    }

    static Answer refused(Refused refused) {
        return new Answer(
                UNAVAILABLE, Map.of("refused", refused.why(), "detail", String.valueOf(refused.getMessage())));
    }

    static Answer failed(SQLException failure) {
        return new Answer(SERVER_ERROR, Map.of("error", String.valueOf(failure.getMessage())));
    }

    static Answer wrong(IllegalArgumentException wrong) {
        return new Answer(BAD_REQUEST, Map.of("error", String.valueOf(wrong.getMessage())));
    }

    void send(HttpExchange exchange) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (status == UNAVAILABLE) {
            exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
        }
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
