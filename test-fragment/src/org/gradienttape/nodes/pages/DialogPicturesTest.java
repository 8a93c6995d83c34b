package org.gradienttape.nodes.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.node.ParametersFields;
import org.gradienttape.host.node.ParametersPersistence;
import org.gradienttape.nodes.GeneratedFiles;
import org.gradienttape.nodes.RegisteredNodes;
import org.gradienttape.workflows.Browser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/**
 * The pages in docs/pictures/dialogs show the dialogs that the nodes declare. The PNG files beside them are pictures of
 * the pages: they depend on the browser, so that they are only drawn, by generate, when a page has changed or a picture is
 * missing. Each tells which page that was.
 */
class DialogPicturesTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final Path FOLDER = Path.of("docs/pictures/dialogs");
    private static final String STYLE = "dialog.css";
    private static final long LARGEST_PICTURE = 200_000;
    private static final GeneratedFiles PAGES = new GeneratedFiles(FOLDER.toString());

    /** What a picture shows beside the defaults: the settings as for -option, without the node's number. */
    private enum State {
        DEFAULTS("", true),
        ADVANCED("-advanced", false) {
            @Override
            boolean shows(final DialogSection section) {
                return section.advanced();
            }
        },
        JAVA_CODE("-java-code", true, "step,JAVA_CODE,String") {
            @Override
            boolean shows(final DialogSection section) {
                return section.title().equals("Step");
            }
        },
        CUSTOM("-custom", true, "preset,CUSTOM,String"),
        PREDICTIONS("-predictions", true, "input,PREDICTIONS,String");

        private final String ending;
        private final boolean folded;
        private final List<String> options;

        State(final String ending, final boolean folded, final String... options) {
            this.ending = ending;
            this.folded = folded;
            this.options = List.of(options);
        }

        boolean shows(final DialogSection section) {
            return true;
        }
    }

    private record Picture(DefaultNodeFactory factory, State state) {
        String name() {
            return RegisteredNodes.fileName(factory) + state.ending;
        }

        String page() {
            final NodeDeclaration node = NodeDeclaration.of(factory);
            final Class<? extends NodeParameters> type =
                    node.behaviour().parametersClass().orElseThrow();
            final List<DialogSection> sections =
                    Dialog.of(parameters(type)).stream().filter(state::shows).toList();
            return new DialogPage(node.name(), sections, state.folded).text();
        }

        private <T extends NodeParameters> T parameters(final Class<T> type) {
            final T defaults = ParametersPersistence.create(type, new PortObjectSpec[0]);
            final NodeSettings model = new NodeSettings("model");
            ParametersPersistence.save(defaults, model);
            try {
                for (final String option : state.options) {
                    final String[] words = option.split(",");
                    ParametersFields.of(defaults).set(model, words[0], words[2], words[1]);
                }
                return ParametersPersistence.read(type, model);
            } catch (final InvalidSettingsException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    static List<String> names() {
        return pictures().stream().map(Picture::name).toList();
    }

    private static List<Picture> pictures() {
        final List<Picture> pictures = new ArrayList<>();
        for (final DefaultNodeFactory factory : RegisteredNodes.factories()) {
            pictures.add(new Picture(factory, State.DEFAULTS));
            switch (RegisteredNodes.fileName(factory)) {
                case "gradienttape-trainer" -> {
                    pictures.add(new Picture(factory, State.ADVANCED));
                    pictures.add(new Picture(factory, State.JAVA_CODE));
                }
                case "model-builder" -> pictures.add(new Picture(factory, State.CUSTOM));
                case "metric-tracker" -> pictures.add(new Picture(factory, State.PREDICTIONS));
                default -> {}
            }
        }
        return pictures;
    }

    @BeforeAll
    static void makeThePages(@TempDir final Path folder) throws IOException {
        Files.copy(ROOT.resolve(FOLDER).resolve(STYLE), folder.resolve(STYLE));
        final List<String> changed = new ArrayList<>();
        for (final Picture picture : pictures()) {
            final String page = picture.page();
            PAGES.write(picture.name() + ".html", page);
            Files.writeString(folder.resolve(picture.name() + ".html"), page);
            if (!Files.exists(png(picture.name())) || !StampedPng.isOf(png(picture.name()), source(page))) {
                changed.add(picture.name());
            }
        }
        if (!changed.isEmpty()) {
            draw(changed, folder);
        }
    }

    private static void draw(final List<String> names, final Path folder) throws IOException {
        try (Browser browser = new Browser(folder.resolve("profile"))) {
            for (final String name : names) {
                final Path page = folder.resolve(name + ".html");
                browser.open(page);
                PAGES.write(name + ".png", StampedPng.of(small(browser.picture(1.5)), source(Files.readString(page))));
            }
        }
    }

    /** All that a picture depends on but for the browser. */
    private static String source(final String page) throws IOException {
        return page + Files.readString(ROOT.resolve(FOLDER).resolve(STYLE));
    }

    /** The same picture in 16 greys, a tenth of the size. */
    private static BufferedImage small(final byte[] png) throws IOException {
        final BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        final byte[] greys = new byte[16];
        for (int i = 0; i < greys.length; i++) {
            greys[i] = (byte) (17 * i);
        }
        final BufferedImage grey = new BufferedImage(
                picture.getWidth(),
                picture.getHeight(),
                BufferedImage.TYPE_BYTE_BINARY,
                new IndexColorModel(4, greys.length, greys, greys, greys));
        final Graphics2D graphics = grey.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_DITHERING, RenderingHints.VALUE_DITHER_DISABLE);
        graphics.drawImage(picture, 0, 0, null);
        graphics.dispose();
        return grey;
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageIsWhatTheNodeDeclares(final String name) throws IOException {
        PAGES.assertCommitted(name + ".html");
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePictureIsSmallAndOfThePage(final String name) throws IOException {
        final String page = Files.readString(ROOT.resolve(FOLDER).resolve(name + ".html"));

        assertThat(Files.size(png(name))).isBetween(1_000L, LARGEST_PICTURE);
        assertThat(StampedPng.isOf(png(name), source(page)))
                .as("%s.png is of the page; ./gradienttape generate draws it again", name)
                .isTrue();
    }

    @Test
    void nothingElseIsThere() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(FOLDER))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of(STYLE),
                                    names().stream().flatMap(name -> Stream.of(name + ".html", name + ".png")))
                            .toList());
        }
    }

    private static Path png(final String name) {
        return ROOT.resolve(FOLDER).resolve(name + ".png");
    }
}
