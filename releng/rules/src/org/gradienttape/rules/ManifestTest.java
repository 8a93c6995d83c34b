package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests say what the class files need, no more and no less. */
class ManifestTest {
    /** What the nested jars need of the JDK, beyond java.*. */
    private static final Set<String> FOR_NESTED_JARS = Set.of(
            "javax.imageio",
            "javax.imageio.event",
            "javax.imageio.metadata",
            "javax.imageio.spi",
            "javax.imageio.stream",
            "javax.sound.sampled",
            "javax.swing",
            "javax.swing.event",
            "javax.swing.filechooser",
            "javax.tools",
            "org.w3c.dom");

    /** What the nested jars offer. */
    private static final Set<String> NESTED_PACKAGES = Set.of(
            "ai.djl",
            "ai.onnx.proto",
            "com.google.gson",
            "com.google.protobuf",
            "com.sun.jna",
            "com.twelvemonkeys",
            "de.siegmar.fastcsv",
            "io.jhdf",
            "org.apache.commons.math3",
            "org.eclipse.jdt",
            "org.knowm.xchart",
            "org.objectweb.asm");

    /** A line of jdeps: one package uses another. */
    private static final Pattern PACKAGE_USED = Pattern.compile("^ +(?:[\\w.]+ +)?-> ([\\w.]+) ", Pattern.MULTILINE);

    /** Packages that only bundles of version 6 export; a version range of 5.8 and up would not find them. */
    private static final Set<String> WITHOUT_VERSION = Set.of("org.knime.core.node.config.base");

    private static final String KNIME_VERSIONS = "bundle-version=\"[5.8,6)\"";

    @Test
    void thePluginImportsWhatItsClassesReferTo() throws IOException {
        final Set<String> expected = foreignPackages();
        expected.addAll(FOR_NESTED_JARS);

        assertThat(new TreeSet<>(header(Path.of("META-INF/MANIFEST.MF"), "Import-Package")
                        .keySet()))
                .isEqualTo(expected);
    }

    @Test
    void importsFromKnimeNameTheSupportedVersions() throws IOException {
        header(Path.of("META-INF/MANIFEST.MF"), "Import-Package").forEach((name, attributes) -> {
            final boolean versioned = name.startsWith("org.knime.") && !WITHOUT_VERSION.contains(name);
            assertThat(attributes).as(name).isEqualTo(versioned ? KNIME_VERSIONS : "");
        });
    }

    @Test
    void theHostExportsItsStandInsOfKnimeAndTheRestToTheTestsAlone() throws IOException {
        final Set<String> standIns = ClassFiles.HOST.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("org.knime."))
                .collect(Collectors.toCollection(TreeSet::new));
        final Map<String, String> exports = header(Path.of("host/META-INF/MANIFEST.MF"), "Export-Package");

        assertThat(exports).containsKeys(standIns.toArray(String[]::new));
        exports.forEach((name, attributes) -> assertThat(attributes)
                .as(name)
                .isEqualTo(standIns.contains(name) ? "" : "x-friends:=\"org.gradienttape.tests\""));
    }

    /**
     * The packages that must come from other bundles. Asks jdeps, since the verifier also loads types that a class file
     * names only in the signatures of the methods it calls.
     */
    private static Set<String> foreignPackages() {
        final var out = new StringWriter();
        final var err = new StringWriter();
        final int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        "-verbose:package",
                        ClassFiles.ROOT.resolve("target/classes").toString());
        assertThat(status).as(err.toString()).isZero();

        return PACKAGE_USED
                .matcher(out.toString())
                .results()
                .map(result -> result.group(1))
                .filter(name -> !name.startsWith("java.") && !name.startsWith("org.gradienttape"))
                .filter(name -> NESTED_PACKAGES.stream().noneMatch(name::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The clauses of a manifest header: package name to its attributes. */
    private static Map<String, String> header(final Path manifest, final String name) throws IOException {
        try (InputStream in = Files.newInputStream(ClassFiles.ROOT.resolve(manifest))) {
            final String value = new Manifest(in).getMainAttributes().getValue(name);
            return clauses(value == null ? "" : value);
        }
    }

    private static Map<String, String> clauses(final String header) {
        final Stream<String> clauses =
                Arrays.stream(header.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")).filter(clause -> !clause.isBlank());
        return clauses.map(clause -> clause.trim().split(";", 2))
                .collect(Collectors.toMap(
                        parts -> parts[0], parts -> parts.length > 1 ? parts[1] : "", (a, b) -> a, TreeMap::new));
    }
}
