package org.gradienttape.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a person sees in the dialog "Install" before anything is installed, and how the site's files are made. */
class SiteContentTest {
    /** project.build.outputTimestamp of releng/pom.xml. */
    private static final LocalDateTime TIME_OF_EVERY_FILE = LocalDateTime.of(2026, 1, 1, 0, 0);

    private static Document content;

    @BeforeAll
    static void readTheIndex() throws IOException, SAXException, ParserConfigurationException {
        try (ZipFile jar =
                        new ZipFile(Checkout.UPDATE_SITE.resolve("content.jar").toFile());
                InputStream in = jar.getInputStream(jar.getEntry("content.xml"))) {
            content = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    @Test
    void theFeatureStandsInOneCategoryWithADescription() {
        final List<Element> categories = elements(content.getDocumentElement(), "property").stream()
                .filter(property -> property.getAttribute("name").equals("org.eclipse.equinox.p2.type.category"))
                .map(property -> (Element) property.getParentNode().getParentNode())
                .toList();

        assertThat(categories).singleElement().satisfies(category -> {
            assertThat(property(category, "org.eclipse.equinox.p2.name")).isEqualTo("GradientTape Nodes");
            assertThat(property(category, "org.eclipse.equinox.p2.description")).contains("that train neural networks");
            assertThat(elements(category, "required"))
                    .extracting(required -> required.getAttribute("name"))
                    .containsExactly(Director.FEATURE);
        });
    }

    @Test
    void theFeatureSaysWhatItIsWhoMadeItAndUnderWhichLicence() throws IOException {
        final Element feature = unit(Director.FEATURE);

        assertThat(property(feature, "org.eclipse.equinox.p2.name")).isEqualTo("GradientTape Nodes");
        assertThat(property(feature, "org.eclipse.equinox.p2.provider")).isEqualTo("GradientTape Nodes");
        assertThat(property(feature, "org.eclipse.equinox.p2.description"))
                .contains("batch by batch", "no Python", "Linux", "Windows", "macOS");
        assertThat(elements(feature, "license")).singleElement().satisfies(licence -> {
            assertThat(licence.getAttribute("url")).isEqualTo("https://www.apache.org/licenses/LICENSE-2.0");
            assertThat(licence.getTextContent())
                    .isEqualToNormalizingWhitespace(Files.readString(Checkout.ROOT.resolve("LICENSE")));
        });
    }

    @Test
    void theSiteHoldsNothingThatKnimeHasItself() {
        final List<String> units = elements(content.getDocumentElement(), "unit").stream()
                .map(unit -> unit.getAttribute("id"))
                .toList();

        assertThat(units).isNotEmpty().allMatch(id -> id.contains("org.gradienttape"));
        assertThat(units).noneMatch(id -> id.contains("host"));
    }

    /** So that the same sources give the same bytes. */
    @Test
    void everyFileOfOurJarsHasTheSameTime() throws IOException {
        final List<Path> jars = new ArrayList<>();
        for (final String kind : List.of("plugins", "features")) {
            try (Stream<Path> files = Files.list(Checkout.UPDATE_SITE.resolve(kind))) {
                jars.addAll(files.toList());
            }
        }

        assertThat(jars).hasSizeGreaterThanOrEqualTo(3);
        for (final Path jar : jars) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                assertThat(zip.stream())
                        .as(jar.toString())
                        .extracting(ZipEntry::getTimeLocal)
                        .containsOnly(TIME_OF_EVERY_FILE);
            }
        }
    }

    private static Element unit(final String id) {
        return elements(content.getDocumentElement(), "unit").stream()
                .filter(unit -> unit.getAttribute("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String property(final Element unit, final String name) {
        return elements(unit, "property").stream()
                .filter(property -> property.getAttribute("name").equals(name))
                .map(property -> property.getAttribute("value"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Element> elements(final Element parent, final String tag) {
        final NodeList nodes = parent.getElementsByTagName(tag);
        final List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
