package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** NOTICE names each library that goes along, with its version, its license and where it comes from. */
class NoticeTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));

    /** What the build copies into lib: version and name of the file. */
    private static final Pattern COPIED_JAR =
            Pattern.compile("<version>([^<]+)</version>\\s*(?:<classifier>.*</classifier>\\s*)?"
                    + "<destFileName>([^<]+)</destFileName>");

    /** A folder in lib into which the build unpacks jars of one version. */
    private static final Pattern UNPACKED_FOLDER = Pattern.compile(
            "<outputDirectory>\\$\\{project.basedir}/lib/([^<]+)</outputDirectory>.*?<version>([^<]+)</version>",
            Pattern.DOTALL);

    private static final Pattern PROPERTY = Pattern.compile("<([\\w.]+)>([^<]+)</\\1>");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private static final Pattern PAGE_LIBRARY =
            Pattern.compile("\"node_modules/([^\"]+)\": \\{\\s*\"version\": \"([^\"]+)\"");

    @Test
    void namesEachJarOfThePlugIn() throws IOException {
        assertJarsAreNamed(Path.of(""), Path.of("pom.xml"));
    }

    @Test
    void namesEachJarOfTheHost() throws IOException {
        assertJarsAreNamed(Path.of("host"), Path.of("host/pom.xml"));
    }

    @Test
    void namesLibtorch() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT.resolve("natives"))) {
            final List<Path> fragments = folders.filter(folder -> Files.exists(folder.resolve("META-INF/MANIFEST.MF")))
                    .toList();

            assertThat(fragments).isNotEmpty();
            for (final Path fragment : fragments) {
                assertJarsAreNamed(fragment, Path.of("natives/pom.xml"));
            }
        }
    }

    @Test
    void namesEachLibraryOfThePages() throws IOException {
        final List<MatchResult> libraries = PAGE_LIBRARY
                .matcher(text("pages/libraries/package-lock.json"))
                .results()
                .toList();

        assertThat(libraries).isNotEmpty();
        for (final MatchResult library : libraries) {
            assertNamed(library.group(1), library.group(2));
        }
    }

    @Test
    void goesAlongInThePlugIn() throws IOException {
        assertThat(text("build.properties")).containsPattern("\\sNOTICE\\b");
    }

    private static void assertJarsAreNamed(final Path bundle, final Path pom) throws IOException {
        final Map<String, String> versions = versions(pom);
        final List<String> jars = jars(bundle);

        assertThat(jars).isNotEmpty();
        for (final String jar : jars) {
            assertThat(versions).as(pom.toString()).containsKey(jar);
            assertNamed(jar, versions.get(jar));
        }
    }

    /** An entry begins with the name at the start of a line; its other lines are indented. */
    private static void assertNamed(final String name, final String version) throws IOException {
        final String entry = Pattern.compile("^" + Pattern.quote(name) + "\\s.*(?:\\R .*)*", Pattern.MULTILINE)
                .matcher(text("NOTICE"))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.joining());

        assertThat(entry)
                .as("the entry of %s in NOTICE", name)
                .contains(" " + version)
                .contains("License")
                .contains("https://");
    }

    /** The jars and folders in Bundle-ClassPath. */
    private static List<String> jars(final Path bundle) throws IOException {
        try (InputStream in = Files.newInputStream(ROOT.resolve(bundle).resolve("META-INF/MANIFEST.MF"))) {
            final String path = new Manifest(in).getMainAttributes().getValue("Bundle-ClassPath");
            return Arrays.stream(path.split(","))
                    .map(String::trim)
                    .filter(entry -> entry.startsWith("lib/"))
                    .map(entry -> entry.substring("lib/".length()).replaceAll("/$", ""))
                    .toList();
        }
    }

    /** The version of each jar that a pom.xml copies into lib. */
    private static Map<String, String> versions(final Path pom) throws IOException {
        final Map<String, String> properties = new TreeMap<>();
        PROPERTY.matcher(text("releng/pom.xml"))
                .results()
                .forEach(found -> properties.putIfAbsent(found.group(1), found.group(2)));
        final Map<String, String> versions = new TreeMap<>();
        COPIED_JAR
                .matcher(text(pom.toString()))
                .results()
                .forEach(found -> versions.put(found.group(2), resolved(found.group(1), properties)));
        UNPACKED_FOLDER
                .matcher(text(pom.toString()))
                .results()
                .forEach(found -> versions.put(found.group(1), resolved(found.group(2), properties)));
        return versions;
    }

    private static String resolved(final String version, final Map<String, String> properties) {
        String result = version;
        while (REFERENCE.matcher(result).find()) {
            result = REFERENCE
                    .matcher(result)
                    .replaceAll(found -> Matcher.quoteReplacement(properties.get(found.group(1))));
        }
        return result;
    }

    private static String text(final String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }
}
