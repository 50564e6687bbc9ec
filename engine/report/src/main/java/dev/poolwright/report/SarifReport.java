package dev.poolwright.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.poolwright.model.finding.Accepted;
import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.Masked;
import dev.poolwright.model.fleet.Origin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Findings as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format"), the shape that code hosts show beside the
 * changed lines. Places are relative to the root that was checked. Thread-safe.
 */
public final class SarifReport {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final String ROOT = "ROOT";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SarifReport() {}

    /**
     * @param titles of every rule, by code, in order
     * @param accepted listed too, as suppressed
     */
    public static String json(
            List<Finding> findings,
            List<Accepted> accepted,
            Map<String, String> titles,
            String version,
            Excerpts excerpts) {
        ObjectNode log = MAPPER.createObjectNode();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "Poolwright");
        driver.put("version", version);
        Map<String, Integer> numbers = rules(driver.putArray("rules"), titles);
        run.putObject("originalUriBaseIds")
                .putObject(ROOT)
                .putObject("description")
                .put("text", "The root that was checked.");
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        findings.forEach(finding -> result(results.addObject(), finding, numbers, excerpts));
        accepted.forEach(one -> {
            ObjectNode result = results.addObject();
            result(result, one.finding(), numbers, excerpts);
            ObjectNode suppression = result.putArray("suppressions").addObject();
            suppression.put("kind", one.by() == Accepted.By.COMMENT ? "inSource" : "external");
            suppression.put("justification", one.reason());
        });
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(log) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes can always be written", e);
        }
    }

    private static Map<String, Integer> rules(ArrayNode rules, Map<String, String> titles) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        titles.forEach((code, title) -> {
            numbers.put(code, numbers.size());
            ObjectNode rule = rules.addObject();
            rule.put("id", code);
            rule.putObject("shortDescription").put("text", title);
            rule.putObject("help").put("text", "poolwright explain " + code);
        });
        return numbers;
    }

    private static void result(ObjectNode result, Finding finding, Map<String, Integer> numbers, Excerpts excerpts) {
        result.put("ruleId", finding.code());
        Integer number = numbers.get(finding.code());
        if (number != null) {
            result.put("ruleIndex", number);
        }
        result.put("level", level(finding.severity()));
        result.putObject("message").put("text", message(finding));
        if (!finding.origin().file().isEmpty()) {
            location(result.putArray("locations").addObject(), finding.origin(), "");
        }
        ArrayNode related = MAPPER.createArrayNode();
        for (Finding.Term term : finding.terms()) {
            if (!term.origin().file().isEmpty()) {
                ObjectNode one = related.addObject();
                one.put("id", related.size());
                location(one, term.origin(), Masked.text(term.name() + " = " + term.value()));
            }
        }
        if (!related.isEmpty()) {
            result.set("relatedLocations", related);
        }
        result.putObject("partialFingerprints").put("poolwright/v1", Fingerprint.of(finding, excerpts));
        result.putObject("properties").put("subject", finding.subject());
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }

    private static String message(Finding finding) {
        StringBuilder text = new StringBuilder(Masked.text(finding.message()));
        for (Finding.Term term : finding.terms()) {
            text.append('\n').append(Masked.text(term.name() + " = " + term.value()));
        }
        return finding.fix().isBlank()
                ? text.toString()
                : text.append("\nDo: ").append(finding.fix()).toString();
    }

    private static void location(ObjectNode location, Origin origin, String message) {
        ObjectNode physical = location.putObject("physicalLocation");
        ObjectNode artifact = physical.putObject("artifactLocation");
        artifact.put("uri", uri(origin.file()));
        artifact.put("uriBaseId", ROOT);
        if (origin.line() > 0) {
            ObjectNode region = physical.putObject("region");
            region.put("startLine", origin.line());
            if (origin.column() > 0) {
                region.put("startColumn", origin.column());
            }
        }
        if (!message.isEmpty()) {
            location.putObject("message").put("text", message);
        }
    }

    private static String uri(String file) {
        try {
            return new URI(null, null, "/" + file.replace('\\', '/'), null)
                    .getRawPath()
                    .substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("file = " + file + ": cannot be written as a URI", e);
        }
    }
}
