package org.gradienttape.nodes.modelpredictor;

import java.util.List;
import java.util.Optional;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.layer.Network;
import org.gradienttape.metric.ClassProbabilities;
import org.gradienttape.metric.Outputs;
import org.gradienttape.metric.Predictions;
import org.gradienttape.model.Model;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.table.PredictionTable;
import org.gradienttape.torch.Prediction;
import org.gradienttape.torch.PredictionJob;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Model Predictor does. */
final class ModelPredictorNode {
    private ModelPredictorNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelPredictorNodeParameters parameters = in.getParameters();
        parameters.validate();
        final Outline model = in.<ModelPortObjectSpec>getInPortSpec(0).model();
        final DatasetInfo data = in.<DatasetPortObjectSpec>getInPortSpec(1).info();
        EngineCall.configuring(() -> check(model.network(), data));
        // A model that is still to be trained may get the names of its classes then.
        if (!model.preprocessing().classNames().isEmpty()) {
            out.setOutSpec(
                    0,
                    PredictionTable.spec(
                            EngineCall.configuring(() -> names(model)).names()));
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ModelPredictorNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final Model model = in.<ModelPortObject>getInPortObject(0).model();
        final DatasetPortObject data = in.getInPortObject(1);
        final Dataset dataset = EngineCall.executing(data::dataset);
        final OutputNames names = EngineCall.executing(() -> names(model.outline()));
        final Optional<String> scaling = EngineCall.executing(() -> doubtfulScaling(model.preprocessing(), dataset));
        final Outputs meaning = parameters.meaning(model.network());
        final PredictionTable table = new PredictionTable(names.names(), exec);
        final List<String> labels = names.labelNames(dataset);
        NodeProgress.startEngine(exec);
        final boolean done = EngineCall.executing(() -> Prediction.run(
                new PredictionJob(model, dataset, parameters.batchSize, parameters.compute()),
                (first, outputs) -> add(ClassProbabilities.of(outputs, meaning), first, dataset, labels, table, exec)));
        final BufferedDataTable predictions = table.close();
        if (!done) {
            throw new CanceledExecutionException();
        }
        Doubt.say(out::setWarningMessage, List.of(names.doubt(dataset), table.doubt(), scaling));
        out.setOutData(0, predictions);
    }

    private static Optional<String> doubtfulScaling(final Preprocessing model, final Dataset data) {
        return model.doubt(model.scaled(data, "the data"), "the data");
    }

    private static OutputNames names(final Outline model) {
        return new OutputNames(model.preprocessing(), model.network().output().last());
    }

    private static boolean check(final Network network, final DatasetInfo data) {
        Prediction.check(network, data);
        return true;
    }

    private static boolean add(
            final Predictions probabilities,
            final int first,
            final Dataset dataset,
            final List<String> labels,
            final PredictionTable table,
            final ExecutionContext exec) {
        for (int row = 0; row < probabilities.rows(); row++) {
            table.add(labels.get(dataset.label(first + row)), probabilities, row);
        }
        final int done = first + probabilities.rows();
        return NodeProgress.goOn(
                exec,
                (double) done / dataset.samples(),
                () -> String.format("%,d of %,d samples", done, dataset.samples()));
    }
}
