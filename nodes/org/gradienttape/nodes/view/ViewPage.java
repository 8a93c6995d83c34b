package org.gradienttape.nodes.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/**
 * A page that shows what a node kept. It is one HTML text with its style, its libraries and its own modules in it: so it
 * needs no address to load anything from, works out of a jar, and can be saved as a file.
 */
public enum ViewPage {
    /** Losses and metrics over steps or epochs, and generated images. */
    CURVES(Files.CURVES_STYLES, Files.CURVES_LIBRARIES, and(Files.CURVES_MODULES, "curves-page.js")),
    /** Such curves, or the scores of predictions. */
    CURVES_OR_SCORES(
            and(Files.CURVES_STYLES, "scores.css"),
            Files.CURVES_LIBRARIES,
            and(Files.CURVES_MODULES, "matrix.js", "points.js", "scores.js", "tracker-page.js")),
    /** Samples of a dataset, and how many each class has. */
    DATASET(List.of(Files.STYLE, "dataset.css"), List.of(), List.of(Files.DOM, "dataset.js")),
    /** The layers of a network. */
    NETWORK(List.of(Files.STYLE, "network.css"), List.of(), List.of(Files.DOM, "parts.js", "network.js"));

    private static final class Files {
        private static final String STYLE = "style.css";
        private static final String DOM = "dom.js";
        /** Asks KNIME for the data; a page that is saved with its data is written without it. */
        private static final String KNIME =
                "libraries/node_modules/@knime/ui-extension-service/dist/knime-ui-extension-service.min.js";

        private static final List<String> CURVES_STYLES =
                List.of(STYLE, "libraries/node_modules/uplot/dist/uPlot.min.css", "curves.css");
        private static final List<String> CURVES_LIBRARIES =
                List.of("libraries/node_modules/uplot/dist/uPlot.iife.min.js");
        private static final List<String> CURVES_MODULES =
                List.of(DOM, "series.js", "chart.js", "legend.js", "images.js", "curves.js");
    }

    private final List<String> styles;
    private final List<String> libraries;
    private final List<String> modules;

    ViewPage(final List<String> styles, final List<String> libraries, final List<String> modules) {
        this.styles = styles;
        this.libraries = libraries;
        this.modules = modules;
    }

    /**
     * Declares the view of a node.
     *
     * @param title of the page
     * @param description an XML fragment
     * @param data from what the node kept when it was executed to what the page shows; called when the page is opened
     */
    public DefaultView declare(
            final RequireViewParameters view,
            final String title,
            final String description,
            final Function<PortObject[], ?> data) {
        return view.withoutParameters()
                .description(description)
                .page(page -> page.fromString(() -> html(title)).relativePath("index.html"))
                .initialData(start -> start.data(input -> {
                    final PortObject[] kept = input.getInternalPortObjects();
                    return kept == null ? null : data.apply(kept);
                }));
    }

    /** The text of the page. */
    String html(final String title) {
        return text("page.html")
                .replace("${title}", title)
                .replace("${styles}", all(styles))
                .replace("${knime}", text(Files.KNIME))
                .replace("${libraries}", all(libraries))
                .replace("${modules}", all(modules));
    }

    private static List<String> and(final List<String> files, final String... more) {
        return Stream.concat(files.stream(), Stream.of(more)).toList();
    }

    private static String all(final List<String> files) {
        return files.stream().map(ViewPage::text).collect(Collectors.joining("\n"));
    }

    private static String text(final String file) {
        final String path = "/pages/" + file;
        try (InputStream in = ViewPage.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The plug-in must contain " + path + "; build it again.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
