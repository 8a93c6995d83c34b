package org.gradienttape.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    void theFeaturesStandInOneCategoryWithADescription() {
        final List<Element> categories = elements(content.getDocumentElement(), "property").stream()
                .filter(property -> property.getAttribute("name").equals("org.eclipse.equinox.p2.type.category"))
                .map(property -> (Element) property.getParentNode().getParentNode())
                .toList();

        assertThat(categories).singleElement().satisfies(category -> {
            assertThat(property(category, "org.eclipse.equinox.p2.name")).isEqualTo("GradientTape Nodes");
            assertThat(property(category, "org.eclipse.equinox.p2.description")).contains("that train neural networks");
            assertThat(elements(category, "required"))
                    .extracting(required -> required.getAttribute("name"))
                    .containsExactlyInAnyOrder(Director.FEATURE, Director.ON_SPARK);
        });
    }

    @Test
    void theFeatureSaysWhatItIsWhoMadeItAndUnderWhichLicence() throws IOException {
        final Element feature = unit(Director.FEATURE);

        assertThat(property(feature, "org.eclipse.equinox.p2.name")).isEqualTo("GradientTape Nodes");
        assertThat(property(feature, "org.eclipse.equinox.p2.provider")).isEqualTo("GradientTape Nodes");
        assertThat(property(feature, "org.eclipse.equinox.p2.description"))
                .contains("batch by batch", "no Python", "Linux", "Windows", "macOS", "Contact: ", "Source code: ");
        assertThat(elements(feature, "license")).singleElement().satisfies(licence -> {
            assertThat(licence.getAttribute("url")).isEqualTo("https://www.apache.org/licenses/LICENSE-2.0");
            assertThat(licence.getTextContent())
                    .isEqualToNormalizingWhitespace(Files.readString(Checkout.ROOT.resolve("LICENSE")));
        });
    }

    /** Its licence is not ours; the version is the one that the pages are built with. */
    @Test
    void theFeatureNamesKnimesLibraryWithItsSourceAndLicence() throws IOException {
        final Matcher version = Pattern.compile("\"@knime/ui-extension-service\": \"([0-9.]+)\"")
                .matcher(Files.readString(Checkout.ROOT.resolve("pages/libraries/package.json")));
        assertThat(version.find()).isTrue();

        assertThat(elements(unit(Director.FEATURE), "copyright"))
                .singleElement()
                .satisfies(copyright -> assertThat(copyright.getTextContent())
                        .contains(
                                "@knime/ui-extension-service " + version.group(1),
                                "GNU General Public License, version 3, with KNIME's additional permissions for nodes",
                                "https://github.com/knime/webapps-common, folder packages/ui-extension-service"));
        try (ZipFile plugin = new ZipFile(Checkout.UPDATE_SITE
                .resolve("plugins/org.gradienttape_"
                        + SiteVersions.of(Checkout.UPDATE_SITE).nodes() + ".jar")
                .toFile())) {
            final ZipEntry licence =
                    plugin.getEntry("pages/libraries/node_modules/@knime/ui-extension-service/LICENSE");
            try (InputStream in = plugin.getInputStream(licence)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("GNU GENERAL PUBLIC LICENSE", "Additional permission relating to nodes for KNIME");
            }
        }
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
