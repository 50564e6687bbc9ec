package dev.poolwright.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.model.proof.ProofReport;
import dev.poolwright.model.proof.ProofResult.State;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JunitReportTest {

    private static final ProofReport MIXED = Samples.proofOf(
            Samples.before("a <&> \"b\" \u0000.yaml"),
            Samples.with(Samples.after(), State.NOT_MET, "it broke"),
            Samples.with(Samples.after(), State.INVALID, "generator lag"),
            Samples.skipped());

    @Test
    void countsOfASuiteAreThoseOfItsCases() throws Exception {
        Document xml = parsed(JunitReport.xml(MIXED));
        assertThat(xml.getDocumentElement().getTagName()).isEqualTo("testsuites");
        assertThat(xml.getElementsByTagName("testsuite").getLength()).isEqualTo(4);
        for (int i = 0; i < 4; i++) {
            Element suite = (Element) xml.getElementsByTagName("testsuite").item(i);
            assertCount(suite, "tests", "testcase");
            assertCount(suite, "failures", "failure");
            assertCount(suite, "errors", "error");
            assertCount(suite, "skipped", "skipped");
        }
    }

    @Test
    void everyCaseHasNameClassAndTimeAndAtMostOneResult() throws Exception {
        Document xml = parsed(JunitReport.xml(MIXED));
        for (int i = 0; i < xml.getElementsByTagName("testcase").getLength(); i++) {
            Element one = (Element) xml.getElementsByTagName("testcase").item(i);
            assertThat(one.getAttribute("name")).isNotBlank();
            assertThat(one.getAttribute("classname")).startsWith("poolwright.");
            assertThat(one.getAttribute("time")).matches("\\d+\\.\\d{3}");
            assertThat(one.getChildNodes().getLength()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void expectedBreakPassesAndAMissedOneFailsWithItsReason() throws Exception {
        Document xml = parsed(JunitReport.xml(MIXED));
        Element met = (Element) xml.getElementsByTagName("testsuite").item(0);
        Element missed = (Element) xml.getElementsByTagName("testsuite").item(1);
        assertThat(met.getAttribute("failures")).isEqualTo("0");
        assertThat(((Element) missed.getElementsByTagName("failure").item(0)).getAttribute("message"))
                .isEqualTo("it broke");
        assertThat(met.getElementsByTagName("property").getLength()).isEqualTo(7);
    }

    private static void assertCount(Element suite, String attribute, String tag) {
        assertThat(suite.getAttribute(attribute))
                .isEqualTo(String.valueOf(suite.getElementsByTagName(tag).getLength()));
    }

    private static Document parsed(String xml) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
