package org.gradienttape.nodes.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.gradienttape.data.Dataset;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/** What a node that makes datasets shows: how their targets are distributed, and the first samples. */
public final class DatasetView {
    /** What the page shows; it reaches the page as JSON, with these names. */
    public record Shown(String title, String name, List<Part> parts) {}

    /** Which output a part is. */
    public enum Kind {
        TRAINING,
        HELD_OUT
    }

    /**
     * One output.
     *
     * @param summary for example "MNIST: 50,000 samples of 784, 10 classes"
     * @param targets how each of them is distributed
     * @param pictures of some classes; empty if the samples are no images
     * @param rows the first samples if they are no images
     */
    public record Part(
            Kind kind,
            String title,
            String summary,
            int samples,
            List<TargetBars.Bars> targets,
            List<FirstSamples.OfClass> pictures,
            FirstSamples.Rows rows) {}

    private DatasetView() {}

    /** Declares the view of a node whose outputs are training data and held-out data. */
    public static DefaultView declare(final RequireViewParameters view, final String title) {
        return ViewPage.DATASET.declare(
                view,
                title,
                "How many samples each class has in both outputs, or how the target's numbers are distributed, and the"
                        + " first samples.",
                kept -> shown(title, kept));
    }

    private static Shown shown(final String title, final PortObject[] kept) {
        final DatasetPortObject training = (DatasetPortObject) kept[0];
        final DatasetPortObject heldOut = (DatasetPortObject) kept[1];
        try {
            return new Shown(
                    title,
                    training.dataset().name(),
                    List.of(
                            part(Kind.TRAINING, "Training data", training),
                            part(Kind.HELD_OUT, "Held-out data", heldOut)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Part part(final Kind kind, final String title, final DatasetPortObject output) throws IOException {
        final Dataset dataset = output.dataset();
        final FirstSamples first = new FirstSamples(dataset);
        return new Part(
                kind,
                title,
                output.getSummary(),
                dataset.samples(),
                TargetBars.of(dataset),
                first.pictures(),
                first.rows());
    }
}
