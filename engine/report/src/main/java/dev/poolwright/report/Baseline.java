package dev.poolwright.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.poolwright.model.finding.Accepted;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Masked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings that were there when the baseline was written: they fail nothing until somebody mends them. A file of JSON,
 * one line for each, in order, so that a mended finding shows as a removed line. Immutable; thread-safe.
 */
public final class Baseline {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FORMAT = 1;

    private final Map<String, Integer> known;

    private Baseline(Map<String, Integer> known) {
        this.known = known;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException when it is no baseline, with what is wrong
     */
    public static Baseline read(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root.path("format").asInt() != FORMAT || !root.path("findings").isArray()) {
                throw new IllegalArgumentException("not a baseline of format " + FORMAT);
            }
            Map<String, Integer> known = new HashMap<>();
            root.path("findings")
                    .forEach(one -> known.merge(one.path("fingerprint").asText(), 1, Integer::sum));
            return new Baseline(known);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not JSON: " + e.getOriginalMessage() + " (line "
                            + e.getLocation().getLineNr() + ")",
                    e);
        }
    }

    /** Splits findings into new ones and those that are known, which are added to {@code accepted}. */
    public List<Finding> standing(List<Finding> findings, List<Accepted> accepted, Excerpts excerpts) {
        Map<String, Integer> left = new HashMap<>(known);
        List<Finding> standing = new ArrayList<>();
        for (Finding finding : findings) {
            String fingerprint = Fingerprint.of(finding, excerpts);
            int count = left.getOrDefault(fingerprint, 0);
            if (count == 0) {
                standing.add(finding);
            } else {
                left.put(fingerprint, count - 1);
                accepted.add(new Accepted(finding, Accepted.By.BASELINE, "in the baseline"));
            }
        }
        return standing;
    }

    /** The file's text. Messages are there for people; only fingerprints are read back. */
    public static String text(List<Finding> findings, Excerpts excerpts) {
        StringBuilder text = new StringBuilder("{\"format\":" + FORMAT + ",\"findings\":[");
        String before = "\n";
        for (Finding finding : findings) {
            ObjectNode one = MAPPER.createObjectNode();
            one.put("fingerprint", Fingerprint.of(finding, excerpts));
            one.put("code", finding.code());
            one.put("file", finding.origin().file());
            one.put("message", Masked.text(finding.message()));
            text.append(before).append(one);
            before = ",\n";
        }
        return text.append(findings.isEmpty() ? "]}\n" : "\n]}\n").toString();
    }
}
