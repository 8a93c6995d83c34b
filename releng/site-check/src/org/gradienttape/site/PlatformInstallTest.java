package org.gradienttape.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Installs the site of all platforms once for each of them, by p2's profile of that platform, into an empty folder. */
class PlatformInstallTest {
    @TempDir
    private Path folder;

    private Path product;

    static Stream<Platform> platforms() {
        return Stream.of(
                Platform.LINUX_X86_64, Platform.LINUX_AARCH64, Platform.WINDOWS_X86_64, Platform.MACOS_AARCH64);
    }

    @BeforeEach
    void copyTheDirector() throws IOException {
        product = folder.resolve("director");
        Checkout.copy(Checkout.HEADLESS_PRODUCT, product);
    }

    @ParameterizedTest
    @MethodSource("platforms")
    void anInstallationHasTheLibtorchOfItsPlatformAndNoOther(final Platform platform)
            throws IOException, InterruptedException {
        final Path installation = folder.resolve("installation");

        new Director(product)
                .run(
                        installation,
                        "-repository",
                        Director.repositories(Checkout.UPDATE_SITE, Checkout.HEADLESS_REPOSITORY),
                        "-installIU",
                        "org.gradienttape.headless," + Director.FEATURE,
                        "-profile",
                        "test",
                        "-p2.os",
                        platform.os(),
                        "-p2.ws",
                        platform.windowing(),
                        "-p2.arch",
                        platform.architecture());

        assertThat(Installation.read(installation).ours()).containsOnlyKeys("org.gradienttape", platform.fragment());
        final String version = SiteVersions.of(Checkout.UPDATE_SITE).libtorch();
        final Path jar =
                installation.resolve("plugins/" + platform.fragment() + "_" + version + "/lib/pytorch-native-cpu.jar");
        try (ZipFile libtorch = new ZipFile(jar.toFile())) {
            assertThat(libtorch.stream()).anySatisfy(entry -> assertThat(entry.getName())
                    .isEqualTo("pytorch/cpu/" + platform.classifier() + "/" + platform.library()));
        }
    }
}
