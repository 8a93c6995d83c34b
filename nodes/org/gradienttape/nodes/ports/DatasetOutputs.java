package org.gradienttape.nodes.ports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** The two outputs of a node that makes datasets: training data, and held-out data, which may have no samples. */
public final class DatasetOutputs {
    /** Reads and writes both parts. */
    @FunctionalInterface
    public interface Reading {
        DatasetPair read(Path trainingFolder, Path heldOutFolder, ReadMonitor monitor) throws IOException;
    }

    private DatasetOutputs() {}

    /** Reads into file stores of the node and sets its outputs; they are kept for its view, too. */
    public static DatasetPair set(final ExecuteInput in, final ExecuteOutput out, final Reading reading)
            throws CanceledExecutionException, KNIMEException {
        final ExecutionContext exec = in.getExecutionContext();
        final FileStore training = EngineCall.executing(() -> exec.createFileStore("training-data"));
        final FileStore heldOut = EngineCall.executing(() -> exec.createFileStore("held-out-data"));
        try {
            final DatasetPair read = EngineCall.executing(
                    () -> reading.read(folder(training), folder(heldOut), done -> goOn(exec, done)));
            final DatasetPortObject trainingData = new DatasetPortObject(read.training(), training);
            final DatasetPortObject heldOutData = new DatasetPortObject(orNothing(read, folder(heldOut)), heldOut);
            out.setOutData(trainingData, heldOutData);
            out.setInternalData(trainingData, heldOutData);
            return read;
        } catch (final CancellationException e) {
            throw new CanceledExecutionException(e.getMessage());
        }
    }

    /** What the held-out data are where nothing is held out. */
    public static DatasetInfo nothingOf(final DatasetInfo training) {
        return training.withSamples(0);
    }

    private static Path folder(final FileStore store) {
        return store.getFile().toPath();
    }

    private static boolean goOn(final ExecutionContext exec, final double done) {
        return NodeProgress.goOn(exec, done, () -> String.format("Reading, %.0f %% done", 100 * done));
    }

    /** The held-out data; a dataset without samples where nothing is held out, so that the port always has one. */
    private static Dataset orNothing(final DatasetPair read, final Path folder) throws KNIMEException {
        final Optional<Dataset> heldOut = read.heldOut();
        return heldOut.isPresent()
                ? heldOut.get()
                : EngineCall.executing(
                        () -> writeNothing(folder, nothingOf(read.training().info())));
    }

    private static Dataset writeNothing(final Path folder, final DatasetInfo info) throws IOException {
        try (DatasetWriter writer = DatasetWriter.create(folder, info)) {
            return writer.finish();
        }
    }
}
