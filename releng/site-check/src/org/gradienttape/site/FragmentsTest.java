package org.gradienttape.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fragments with libtorch, also those that only {@code -Pall-platforms} builds, and the feature that chooses one. */
class FragmentsTest {
    static Stream<Platform> platforms() {
        return PlatformInstallTest.platforms();
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void manifestIsThatOfItsPlatformAndOfLibtorchsVersion(final Platform platform) throws IOException {
        final Attributes manifest = manifest(platform);

        assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo(platform.fragment());
        assertThat(manifest.getValue("Bundle-Version")).isEqualTo(libtorchVersion() + ".qualifier");
        assertThat(manifest.getValue("Fragment-Host")).startsWith("org.gradienttape;");
        assertThat(manifest.getValue("Eclipse-PlatformFilter"))
                .isEqualTo("(& (osgi.os=" + platform.os() + ") (osgi.arch=" + platform.architecture() + "))");
        assertThat(manifest.getValue("Eclipse-BundleShape")).isEqualTo("dir");
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void pomNamesThePlatformsLibtorch(final Platform platform) throws IOException {
        final String pom =
                Files.readString(Checkout.ROOT.resolve(platform.folder()).resolve("pom.xml"));

        assertThat(pom)
                .contains(
                        "<artifactId>" + platform.fragment() + "</artifactId>\n  <version>" + libtorchVersion()
                                + "-SNAPSHOT<",
                        "<libtorch.classifier>" + platform.classifier() + "</libtorch.classifier>");
    }

    @Test
    void theFeatureAsksForTheFragmentOfThePlatformItIsInstalledOn() throws IOException {
        final Properties advice = new Properties();
        try (Reader in = Files.newBufferedReader(Checkout.ROOT.resolve("natives/feature/p2.inf"))) {
            advice.load(in);
        }
        final List<Platform> platforms = platforms().toList();

        for (int i = 0; i < platforms.size(); i++) {
            final Platform platform = platforms.get(i);
            final String version = libtorchVersion() + ".$qualifier$";
            assertThat(advice)
                    .containsEntry("requires." + i + ".namespace", "org.eclipse.equinox.p2.iu")
                    .containsEntry("requires." + i + ".name", platform.fragment())
                    .containsEntry("requires." + i + ".range", "[" + version + "," + version + "]")
                    .containsEntry(
                            "requires." + i + ".filter",
                            "(&(osgi.os=" + platform.os() + ")(osgi.arch=" + platform.architecture() + "))");
        }
        assertThat(advice).hasSize(4 * platforms.size());
    }

    @Test
    void everyFolderOfNativesIsOneOfThePlatforms() throws IOException {
        try (Stream<Path> folders = Files.list(Checkout.ROOT.resolve("natives"))) {
            assertThat(folders.filter(Files::isDirectory).map(folder -> "natives/" + folder.getFileName()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(platforms().map(Platform::folder), Stream.of("natives/feature"))
                                    .toList());
        }
    }

    /** Else each update of the nodes would download libtorch again. */
    @Test
    void theSiteHasLibtorchUnderTheTimeOfTheLastCommitThatTouchedNatives() throws IOException, InterruptedException {
        final SiteVersions site = SiteVersions.of(Checkout.UPDATE_SITE);
        final String commit = git("log", "-1", "--format=%cd", "--date=format-local:%Y%m%d%H%M", "--", ".");
        final boolean changed = !git("status", "--porcelain", "--", ".").isEmpty();
        final String ofTheNodes = site.nodes().substring("0.1.0.".length());

        assertThat(site.libtorch())
                .isEqualTo(libtorchVersion() + "." + (commit.isEmpty() || changed ? ofTheNodes : commit));
    }

    /** What git prints about natives/; nothing if this is no checkout, or git is not installed. */
    private static String git(final String... arguments) throws IOException, InterruptedException {
        if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "git")))) {
            return "";
        }
        final List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Checkout.ROOT.resolve("natives").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TZ", "UTC");
        final Process process = builder.start();
        final String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? printed : "";
    }

    private static Attributes manifest(final Platform platform) throws IOException {
        final Path file = Checkout.ROOT.resolve(platform.folder()).resolve("META-INF/MANIFEST.MF");
        try (InputStream in = Files.newInputStream(file)) {
            return new Manifest(in).getMainAttributes();
        }
    }

    private static String libtorchVersion() throws IOException {
        final Matcher version = Pattern.compile("<libtorch\\.version>(.*)</libtorch\\.version>")
                .matcher(Files.readString(Checkout.ROOT.resolve("releng/pom.xml")));
        assertThat(version.find()).isTrue();
        return version.group(1);
    }
}
