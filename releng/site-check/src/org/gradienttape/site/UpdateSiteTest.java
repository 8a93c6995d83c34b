package org.gradienttape.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs an earlier version, updates it, runs it and uninstalls it, as a person does with the menus of KNIME. */
class UpdateSiteTest {
    private static final String FRAGMENT = Platform.LINUX_X86_64.fragment();

    @TempDir
    private static Path folder;

    private static SiteVersions now;
    private static Installation before;
    private static Installation installed;
    private static FileTime fragmentInstalled;
    private static Installation updated;
    private static FileTime fragmentUpdated;
    private static String run;
    private static Installation uninstalled;

    @BeforeAll
    static void installUpdateRunAndUninstall() throws IOException, InterruptedException {
        now = SiteVersions.of(Checkout.UPDATE_SITE);
        final Path earlierSite = Files.createDirectory(folder.resolve("earlier"));
        PreviousSite.withOlderNodes(Checkout.UPDATE_SITE, earlierSite);
        final Path product = folder.resolve("product");
        Checkout.copy(Checkout.HEADLESS_PRODUCT, product);
        final Director director = new Director(product);
        before = Installation.read(product);

        director.run(product, "-repository", Director.repositories(earlierSite), "-installIU", Director.FEATURE);
        installed = Installation.read(product);
        fragmentInstalled = fragmentWritten(product);

        update(director, product);
        updated = Installation.read(product);
        fragmentUpdated = fragmentWritten(product);

        run = director.start(
                "org.gradienttape.headless",
                List.of(
                        Checkout.ROOT.resolve("workflows/mnist-classifier").toString(),
                        "-tablesDir=" + folder.resolve("tables"),
                        "-option=1,limit_is_present,true,boolean",
                        "-option=1,limit,640,int",
                        "-option=3,epochs,1,int"));

        director.run(product, "-uninstallIU", Director.FEATURE);
        uninstalled = Installation.read(product);
    }

    @Test
    void installingBringsTheNodesAndTheLibtorchOfThisPlatformAlone() {
        assertThat(before.ours()).isEmpty();
        assertThat(installed.ours())
                .isEqualTo(Map.of("org.gradienttape", PreviousSite.NODES, FRAGMENT, now.libtorch()));
    }

    @Test
    void updatingReplacesTheNodesAndLeavesLibtorchWhereItIs() {
        assertThat(now.nodes()).isGreaterThan(PreviousSite.NODES);
        assertThat(updated.ours()).isEqualTo(Map.of("org.gradienttape", now.nodes(), FRAGMENT, now.libtorch()));
        assertThat(fragmentUpdated).isEqualTo(fragmentInstalled);
    }

    @Test
    void updatingReplacesALibtorchThatHasChangedToo() throws IOException, InterruptedException {
        final Path older = Files.createDirectory(folder.resolve("older"));
        PreviousSite.withOlderNodesAndLibtorch(Checkout.UPDATE_SITE, older);
        final Path product = folder.resolve("product-with-older-libtorch");
        Checkout.copy(Checkout.HEADLESS_PRODUCT, product);
        final Director director = new Director(product);
        director.run(product, "-repository", Director.repositories(older), "-installIU", Director.FEATURE);
        assertThat(Installation.read(product).ours())
                .isEqualTo(Map.of("org.gradienttape", PreviousSite.NODES, FRAGMENT, PreviousSite.LIBTORCH));

        update(director, product);

        assertThat(Installation.read(product).ours())
                .isEqualTo(Map.of("org.gradienttape", now.nodes(), FRAGMENT, now.libtorch()));
    }

    @Test
    void whatWasUpdatedRuns() {
        assertThat(run).contains("Start of epoch 0", "Validation acc:");
    }

    @Test
    void uninstallingLeavesWhatWasThereBefore() {
        assertThat(uninstalled).isEqualTo(before);
    }

    private static void update(final Director director, final Path product) throws IOException, InterruptedException {
        director.run(
                product,
                "-repository",
                Director.repositories(Checkout.UPDATE_SITE),
                "-uninstallIU",
                Director.FEATURE,
                "-installIU",
                Director.FEATURE);
    }

    private static FileTime fragmentWritten(final Path product) throws IOException {
        return Files.getLastModifiedTime(
                product.resolve("plugins/" + FRAGMENT + "_" + now.libtorch() + "/lib/pytorch-native-cpu.jar"));
    }
}
