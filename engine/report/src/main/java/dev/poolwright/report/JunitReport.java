package dev.poolwright.report;

import dev.poolwright.model.proof.JudgedRun;
import dev.poolwright.model.proof.Part;
import dev.poolwright.model.proof.ProofReport;
import dev.poolwright.model.proof.ProofResult;
import dev.poolwright.model.proof.ProofResult.State;
import dev.poolwright.model.verdict.Owner;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A proof as JUnit XML, the shape that continuous-integration servers read: one suite for each pair, in it one test case for
 * the expectation and one for each stage. A stage fails only when it could not be judged; whether its outcome is right is
 * for the expectation to say. Thread-safe.
 */
public final class JunitReport {

    private JunitReport() {}

    public static String xml(ProofReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuites");
            attribute(xml, "name", "poolwright prove " + report.header().directory());
            attribute(xml, "time", seconds((double) report.header().took().toNanos()));
            for (ProofResult result : report.results()) {
                suite(xml, report, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string can always be written to", e);
        }
        return text + "\n";
    }

    private static void suite(XMLStreamWriter xml, ProofReport report, ProofResult result) throws XMLStreamException {
        List<TestCase> cases = TestCase.of(result);
        xml.writeStartElement("testsuite");
        attribute(xml, "name", ProofLines.title(result.expectation()));
        attribute(xml, "tests", String.valueOf(cases.size()));
        attribute(xml, "failures", count(cases, TestCase.Kind.FAILURE));
        attribute(xml, "errors", count(cases, TestCase.Kind.ERROR));
        attribute(xml, "skipped", count(cases, TestCase.Kind.SKIPPED));
        xml.writeStartElement("properties");
        property(xml, "seed", String.valueOf(report.header().seed()));
        property(xml, "state", result.state().words());
        property(xml, "expected", ProofLines.expected(result.expectation()));
        ProofLines.shown(result).map(JudgedRun::verdict).ifPresent(verdict -> {
            property(xml, "outcome", verdict.outcome().name());
            property(xml, "chain", verdict.chain().toString());
            if (verdict.owner() != Owner.UNDETERMINED) {
                property(xml, "owner", verdict.owner().word());
            }
        });
        result.notes().forEach(note -> property(xml, "note", note));
        xml.writeEndElement();
        for (TestCase one : cases) {
            testCase(xml, result, one);
        }
        xml.writeEndElement();
    }

    private static void testCase(XMLStreamWriter xml, ProofResult result, TestCase one) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute(xml, "classname", "poolwright." + result.expectation().scenario());
        attribute(xml, "name", one.name());
        attribute(xml, "time", seconds(one.nanos()));
        if (one.kind() != TestCase.Kind.PASSED) {
            xml.writeStartElement(one.kind().name().toLowerCase(Locale.ROOT));
            attribute(xml, "message", one.message());
            if (one.kind() != TestCase.Kind.SKIPPED) {
                attribute(xml, "type", one.type());
                xml.writeCharacters(clean(one.body()));
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String count(List<TestCase> cases, TestCase.Kind kind) {
        return String.valueOf(cases.stream().filter(one -> one.kind() == kind).count());
    }

    private static void property(XMLStreamWriter xml, String name, String value) {
        try {
            xml.writeEmptyElement("property");
            attribute(xml, "name", name);
            attribute(xml, "value", value);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a string can always be written to", e);
        }
    }

    private static void attribute(XMLStreamWriter xml, String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    /** XML 1.0 allows no control characters but tab and the ends of lines, escaped or not. */
    static String clean(String text) {
        return text.codePoints()
                .map(c -> (c >= 0x20 || c == '\t' || c == '\n' || c == '\r')
                                && c != 0xFFFE
                                && c != 0xFFFF
                                && !(c >= 0xD800 && c <= 0xDFFF)
                        ? c
                        : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String seconds(double nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e9);
    }

    /** One test case. Its time is that of the run, zero for the expectation. */
    private record TestCase(String name, Kind kind, String type, String message, String body, double nanos) {

        private enum Kind {
            PASSED,
            FAILURE,
            ERROR,
            SKIPPED
        }

        static List<TestCase> of(ProofResult result) {
            List<TestCase> cases = new java.util.ArrayList<>();
            cases.add(expectation(result));
            cases.add(stage("sim: production, predicted", result.runs().production()));
            cases.add(stage("sim: lab twin, predicted", result.runs().twin()));
            int number = 1;
            for (JudgedRun repeat : result.runs().repeats()) {
                cases.add(stage("lab: repeat " + number++, Part.of(repeat)));
            }
            cases.add(stage("sim: control without faults", result.runs().control()));
            return cases;
        }

        private static TestCase expectation(ProofResult result) {
            Kind kind = switch (result.state()) {
                case MET -> Kind.PASSED;
                case NOT_MET -> Kind.FAILURE;
                case UNDECIDED, INVALID -> Kind.ERROR;
                case SKIPPED -> Kind.SKIPPED;
            };
            String why = String.join("; ", result.reasons());
            String body = String.join("\n", new ProofLines(Ansi.OFF, TerminalReport.DEFAULT_WIDTH).pair(result));
            String name = "expected: " + ProofLines.expected(result.expectation());
            return new TestCase(name, kind, result.state().words(), result.state() == State.MET ? "" : why, body, 0);
        }

        private static TestCase stage(String name, Part<JudgedRun> run) {
            return run.value()
                    .map(one -> {
                        Kind kind = switch (one.verdict().outcome()) {
                            case HOLDS, BREAKS -> Kind.PASSED;
                            case UNDECIDED, INVALID -> Kind.ERROR;
                        };
                        String why = String.join("; ", one.verdict().reasons());
                        String type = one.verdict().outcome().name();
                        return new TestCase(name, kind, type, why, why, (double)
                                one.record().header().durationNanos());
                    })
                    .orElseGet(() -> new TestCase(name, Kind.SKIPPED, "", run.why(), "", 0));
        }
    }
}
