package dev.poolwright.report;

import dev.poolwright.model.finding.Finding;
import dev.poolwright.model.finding.Finding.Severity;
import dev.poolwright.model.finding.FindingText;
import dev.poolwright.model.finding.Masked;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Findings as JUnit XML: one test case for each rule; it fails when the rule found something of the severity that fails the
 * command, and carries whatever else it found as its output. Thread-safe.
 */
public final class FindingsJunit {

    private FindingsJunit() {}

    /**
     * @param subject file or directory, as the user gave it
     * @param titles of every rule, by code, in order
     * @param failOn from this severity on a rule fails
     */
    public static String xml(String subject, List<Finding> findings, Map<String, String> titles, Severity failOn) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            xml.writeStartElement("testsuite");
            long failed = titles.keySet().stream()
                    .filter(code -> findings.stream().anyMatch(one -> fails(one, code, failOn)))
                    .count();
            xml.writeAttribute("name", JunitReport.clean("poolwright check " + subject));
            xml.writeAttribute("tests", String.valueOf(titles.size()));
            xml.writeAttribute("failures", String.valueOf(failed));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            for (Map.Entry<String, String> rule : titles.entrySet()) {
                testCase(xml, rule.getKey(), rule.getValue(), findings, failOn);
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string can always be written to", e);
        }
        return text + "\n";
    }

    private static void testCase(
            XMLStreamWriter xml, String code, String title, List<Finding> findings, Severity failOn)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "poolwright.check");
        xml.writeAttribute("name", JunitReport.clean(code + " " + title));
        xml.writeAttribute("time", "0.000");
        List<Finding> failing =
                findings.stream().filter(one -> fails(one, code, failOn)).toList();
        List<Finding> others = findings.stream()
                .filter(one -> one.code().equals(code) && !failing.contains(one))
                .toList();
        if (!failing.isEmpty()) {
            xml.writeStartElement("failure");
            xml.writeAttribute(
                    "message", JunitReport.clean(Masked.text(failing.getFirst().message())));
            xml.writeAttribute("type", TerminalReport.word(failing.getFirst().severity()));
            xml.writeCharacters(text(failing));
            xml.writeEndElement();
        }
        if (!others.isEmpty()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(text(others));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static boolean fails(Finding finding, String code, Severity failOn) {
        return finding.code().equals(code) && finding.severity().compareTo(failOn) <= 0;
    }

    private static String text(List<Finding> findings) {
        return JunitReport.clean(
                String.join("\n", findings.stream().map(FindingText::of).toList()));
    }
}
