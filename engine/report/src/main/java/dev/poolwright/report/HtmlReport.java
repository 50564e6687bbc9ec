package dev.poolwright.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.poolwright.model.proof.ProofReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A proof as one HTML file that needs nothing else: style, script and data are inside, and its own policy forbids it the
 * network. Every text of a fleet is escaped. Thread-safe.
 */
public final class HtmlReport {

    private static final Template TEMPLATE =
            Mustache.compiler().escapeHTML(true).emptyStringIsFalse(true).compile(resource("report.mustache"));

    private HtmlReport() {}

    public static String page(ProofReport report, Envelope envelope) {
        Map<String, Object> page = new LinkedHashMap<>(PairView.page(report, envelope));
        page.put("css", resource("report.css"));
        page.put("script", resource("report.js"));
        page.put("data", ChartData.json(report));
        return TEMPLATE.execute(page);
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
