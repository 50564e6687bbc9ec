package dev.poolwright.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.poolwright.model.fact.Coverage;
import dev.poolwright.model.fact.Facts;
import dev.poolwright.model.finding.Accepted;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Masked;
import dev.poolwright.model.fleet.Origin;
import java.util.List;
import java.util.Locale;

/** What {@code check} found, and what {@code lock} holds, as JSON. The same tree gives the same bytes. Thread-safe. */
public final class CheckJson {

    /** Goes up when a reader of an older one could misread a newer one. */
    public static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CheckJson() {}

    /** Findings, accepted findings, pools and what was looked at. */
    public static String findings(
            String subject, List<Finding> findings, List<Accepted> accepted, Facts facts, Excerpts excerpts) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("subject", subject);
        ArrayNode all = root.putArray("findings");
        findings.forEach(finding -> all.add(finding(finding, excerpts)));
        ArrayNode suppressed = root.putArray("accepted");
        accepted.forEach(one -> {
            ObjectNode entry = finding(one.finding(), excerpts);
            entry.put("accepted_by", one.by().name().toLowerCase(Locale.ROOT));
            entry.put("reason", one.reason());
            suppressed.add(entry);
        });
        root.set("pools", PoolsJson.of(facts));
        coverage(root.putObject("looked_at"), facts.coverage());
        return text(root);
    }

    /** The resolved pools alone: {@code poolwright.lock.json}. */
    public static String lock(Facts facts) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.put("generated_by", "poolwright lock");
        root.set("pools", PoolsJson.of(facts));
        return text(root);
    }

    private static ObjectNode finding(Finding finding, Excerpts excerpts) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("code", finding.code());
        node.put("severity", TerminalReport.word(finding.severity()));
        node.put("message", Masked.text(finding.message()));
        node.put("subject", finding.subject());
        place(node, finding.origin());
        ArrayNode terms = node.putArray("terms");
        finding.terms().forEach(term -> {
            ObjectNode one = terms.addObject();
            one.put("name", term.name());
            one.put("value", Masked.value(term.name(), term.value()));
            place(one, term.origin());
        });
        node.put("do", finding.fix());
        node.put("fingerprint", Fingerprint.of(finding, excerpts));
        return node;
    }

    private static void place(ObjectNode node, Origin origin) {
        if (!origin.file().isEmpty()) {
            node.put("file", origin.file());
            if (origin.line() > 0) {
                node.put("line", origin.line());
                node.put("column", origin.column());
            }
        }
    }

    private static void coverage(ObjectNode node, Coverage coverage) {
        node.put("files", coverage.files());
        node.put("vendored", coverage.vendored());
        node.put("parsed", coverage.parsed());
        ArrayNode skipped = node.putArray("skipped");
        coverage.skipped().forEach(skipped::add);
        ArrayNode unread = node.putArray("not_read");
        coverage.unread().forEach(unread::add);
    }

    private static String text(JsonNode node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }
}
