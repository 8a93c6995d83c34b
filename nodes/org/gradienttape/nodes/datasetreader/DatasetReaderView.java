package org.gradienttape.nodes.datasetreader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.view.ViewPage;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/** What the Dataset Reader shows: how many samples each class has, and the first samples of each. */
final class DatasetReaderView {
    private static final String TITLE = "Dataset Reader";

    /**
     * What the page shows; it reaches the page as JSON, with these names.
     *
     * @param name of the dataset
     * @param classNames by label
     */
    public record Shown(String title, String name, List<String> classNames, List<Part> parts) {}

    /** Which output a part is. */
    public enum Kind {
        TRAINING,
        HELD_OUT
    }

    /**
     * One output.
     *
     * @param summary for example "MNIST: 50,000 samples of 784, 10 classes"
     * @param counts samples of each class, by label
     * @param pictures of some classes, by label; empty if the samples are no images
     * @param rows the first samples if they are no images
     */
    public record Part(
            Kind kind,
            String title,
            String summary,
            int samples,
            int[] counts,
            List<FirstSamples.OfClass> pictures,
            List<FirstSamples.Row> rows) {}

    private DatasetReaderView() {}

    static DefaultView declare(final RequireViewParameters view) {
        return ViewPage.DATASET.declare(
                view,
                TITLE,
                "How many samples each class has in both outputs, and the first samples of each class.",
                DatasetReaderView::shown);
    }

    private static Shown shown(final PortObject[] kept) {
        final DatasetPortObject training = (DatasetPortObject) kept[0];
        final DatasetPortObject heldOut = (DatasetPortObject) kept[1];
        try {
            return new Shown(
                    TITLE,
                    training.dataset().name(),
                    training.dataset().classNames(),
                    List.of(
                            part(Kind.TRAINING, "Training data", training),
                            part(Kind.HELD_OUT, "Held-out data", heldOut)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Part part(final Kind kind, final String title, final DatasetPortObject output) throws IOException {
        final Dataset dataset = output.dataset();
        final int[] counts = new int[dataset.classes()];
        for (int sample = 0; sample < dataset.samples(); sample++) {
            counts[dataset.label(sample)]++;
        }
        final FirstSamples first = new FirstSamples(dataset);
        return new Part(kind, title, output.getSummary(), dataset.samples(), counts, first.pictures(), first.rows());
    }
}
