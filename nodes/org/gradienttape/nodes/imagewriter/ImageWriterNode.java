package org.gradienttape.nodes.imagewriter;

import java.io.IOException;
import java.util.List;
import org.gradienttape.image.ImageFiles;
import org.gradienttape.image.ImageFiles.Announced;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.table.ImageTable;
import org.gradienttape.nodes.table.RowNaming;
import org.gradienttape.nodes.table.WrittenImagesTable;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Image Writer does. */
final class ImageWriterNode {
    /** How much of the progress the first look at the images is. */
    private static final double LOOKING = 0.1;

    private ImageWriterNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ImageWriterNodeParameters parameters = in.getParameters();
        parameters.validate();
        final DataTableSpec spec = in.getInTableSpec(0);
        EngineCall.configuring(() -> ImageTable.imageColumn(spec, parameters.imageColumn));
        EngineCall.configuring(() -> parameters.naming(spec));
        EngineCall.configuring(parameters::usableFolder);
        out.setOutSpec(0, WrittenImagesTable.spec(spec));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ImageWriterNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final BufferedDataTable table = in.getInTable(0);
        final ImageTable images = EngineCall.executing(() -> new ImageTable(table, parameters.imageColumn));
        final RowNaming naming = EngineCall.executing(() -> parameters.naming(table.getDataTableSpec()));
        final int count = (int) Math.min(table.size(), Integer.MAX_VALUE);
        final ExecutionMonitor looking = exec.createSubProgress(LOOKING);
        final List<Announced> announced = EngineCall.executing(
                        () -> images.announce(naming, number -> goOn("Looking at image ", number, count, looking)))
                .orElseThrow(CanceledExecutionException::new);
        final ImageFiles files = EngineCall.executing(() -> new ImageFiles(parameters.toConfig(), announced));
        if (!EngineCall.executing(() -> write(images, files, exec.createSubProgress(1 - LOOKING)))) {
            throw new CanceledExecutionException();
        }
        out.setOutData(0, WrittenImagesTable.write(table, files.files(), exec));
    }

    private static boolean write(final ImageTable images, final ImageFiles files, final ExecutionMonitor exec)
            throws IOException {
        final int count = files.files().size();
        try (CloseableRowIterator rows = images.rows()) {
            return files.write(images.pngs(rows), number -> goOn("Image ", number, count, exec));
        }
    }

    private static boolean goOn(final String start, final int number, final int count, final ExecutionMonitor exec) {
        return NodeProgress.goOn(exec, (double) number / count, () -> start + (number + 1) + " of " + count);
    }
}
