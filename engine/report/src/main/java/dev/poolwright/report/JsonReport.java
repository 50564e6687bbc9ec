package dev.poolwright.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.poolwright.model.run.RunRecord;

/**
 * A run record as JSON: its body, with the same bytes whenever the record is the same, in an envelope. The format is public:
 * {@code docs/run-record.md} and {@code docs/run-record.schema.json}. Thread-safe.
 */
public final class JsonReport {

    /** Goes up when a reader of an older one could misread a newer one. */
    public static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonReport() {}

    /** The whole file: format, envelope, body. */
    public static String file(RunRecord record, Envelope envelope) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.set("envelope", RunRecordJson.envelope(MAPPER, envelope));
        root.set("body", RunRecordJson.body(MAPPER, record));
        return text(root) + "\n";
    }

    /** The body alone, on one line; of a simulation, the same for the same seed. */
    public static String body(RunRecord record) {
        return text(RunRecordJson.body(MAPPER, record));
    }

    private static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    /**
     * Reads what {@link #file} wrote.
     *
     * @throws IllegalArgumentException if it is no run record of this format, with what is wrong
     */
    public static RunRecord read(String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ")",
                    e);
        }
        int format = root.path("format").asInt(0);
        if (format != FORMAT) {
            throw new IllegalArgumentException("run record: format = " + root.path("format") + ": must be " + FORMAT
                    + "; read it with the version of Poolwright that wrote it");
        }
        return new RunRecordReader(root.path("body")).record();
    }
}
