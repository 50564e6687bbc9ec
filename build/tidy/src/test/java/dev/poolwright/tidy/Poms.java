package dev.poolwright.tidy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What the poms say about which module needs which. */
final class Poms {
    private static final String OURS = "poolwright-";

    private Poms() {}

    /** One of our modules that another one names in its pom. */
    record Dependency(String module, boolean inTests) {}

    /** The dependencies on our own modules that the pom with this text states, in its order. */
    static List<Dependency> ofOurs(String text) {
        List<Dependency> found = new ArrayList<>();
        NodeList all = read(text).getElementsByTagName("dependency");
        for (int i = 0; i < all.getLength(); i++) {
            Element dependency = (Element) all.item(i);
            String artifact = child(dependency, "artifactId");
            if (artifact.startsWith(OURS)) {
                found.add(new Dependency(
                        artifact.substring(OURS.length()),
                        child(dependency, "scope").equals("test")));
            }
        }
        return found;
    }

    private static Element read(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)))
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException("a pom that is no XML", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().trim();
            }
        }
        return "";
    }
}
