package org.gradienttape.nodes.gantrainer;

import java.util.List;
import org.gradienttape.nodes.table.LogColumns;
import org.gradienttape.nodes.view.CurvesData;
import org.gradienttape.nodes.view.GeneratedImages;
import org.gradienttape.nodes.view.Logs;
import org.gradienttape.nodes.view.ViewPage;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultView;
import org.knime.node.DefaultView.RequireViewParameters;

/** What the GAN Trainer shows: the losses of both networks, and what the generator made on the way. */
final class GanTrainerView {
    private static final String TITLE = "GAN Trainer";

    private GanTrainerView() {}

    static DefaultView declare(final RequireViewParameters view) {
        return ViewPage.CURVES.declare(
                view,
                TITLE,
                "The losses of discriminator and generator, the generated images in the order of training, and what computed"
                        + " them.",
                GanTrainerView::data);
    }

    private static CurvesData data(final PortObject[] kept) {
        final BufferedDataTable log = (BufferedDataTable) kept[0];
        final BufferedDataTable images = (BufferedDataTable) kept[1];
        final BufferedDataTable epochs = (BufferedDataTable) kept[2];
        return new CurvesData(TITLE, List.of(curves(log), curves(epochs)), GeneratedImages.of(images), images.size())
                .computedWith(kept, 3);
    }

    private static CurvesData.Log curves(final BufferedDataTable log) {
        return Logs.of("Training", log, LogColumns.lossesAndMetrics(log.getDataTableSpec()));
    }
}
