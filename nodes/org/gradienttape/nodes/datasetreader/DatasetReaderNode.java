package org.gradienttape.nodes.datasetreader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.DatasetInfoPair;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.DatasetReader;
import org.gradienttape.data.DatasetWriter;
import org.gradienttape.data.ReadRequest;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Dataset Reader does. */
final class DatasetReaderNode {
    private DatasetReaderNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final DatasetReaderNodeParameters parameters = in.getParameters();
        final DataTableSpec[] inputs = in.getInTableSpecs();
        EngineCall.configuring(() -> check(parameters, inputs));
        final Optional<DatasetInfoPair> found = parameters.readsTable()
                ? Optional.empty()
                : EngineCall.configuring(() -> DatasetReader.describe(parameters.toConfig(Optional.empty())));
        if (found.isPresent()) {
            final DatasetInfo training = found.get().training();
            out.setOutSpec(0, new DatasetPortObjectSpec(training));
            out.setOutSpec(1, new DatasetPortObjectSpec(found.get().heldOut().orElse(training.withSamples(0))));
        }
    }

    private static boolean check(final DatasetReaderNodeParameters parameters, final DataTableSpec[] inputs) {
        parameters.checkInput(inputs.length > 0);
        if (inputs.length > 0) {
            parameters.table.toConfig().checked(inputs[0]);
        }
        return true;
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final DatasetReaderNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final FileStore training = EngineCall.executing(() -> exec.createFileStore("training-data"));
        final FileStore heldOut = EngineCall.executing(() -> exec.createFileStore("held-out-data"));
        final Optional<BufferedDataTable> input = Stream.of(in.getInTables()).findFirst();
        final ReadRequest request = EngineCall.executing(() -> parameters.toConfig(input));
        try {
            final DatasetPair read = EngineCall.executing(
                    () -> DatasetReader.read(request, folder(training), folder(heldOut), done -> goOn(exec, done)));
            final DatasetPortObject trainingData = new DatasetPortObject(read.training(), training);
            final DatasetPortObject heldOutData = new DatasetPortObject(orNothing(read, folder(heldOut)), heldOut);
            if (!read.warnings().isEmpty()) {
                out.setWarningMessage(String.join("\n", read.warnings()));
            }
            out.setOutData(trainingData, heldOutData);
            out.setInternalData(trainingData, heldOutData);
        } catch (final CancellationException e) {
            throw new CanceledExecutionException(e.getMessage());
        }
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
                        () -> writeNothing(folder, read.training().info().withSamples(0)));
    }

    private static Dataset writeNothing(final Path folder, final DatasetInfo info) throws IOException {
        try (DatasetWriter writer = DatasetWriter.create(folder, info)) {
            return writer.finish();
        }
    }
}
