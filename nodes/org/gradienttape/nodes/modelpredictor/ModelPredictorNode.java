package org.gradienttape.nodes.modelpredictor;

import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.layer.Network;
import org.gradienttape.metric.ClassProbabilities;
import org.gradienttape.metric.Outputs;
import org.gradienttape.metric.Predictions;
import org.gradienttape.model.Model;
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
        final Network network = in.<ModelPortObjectSpec>getInPortSpec(0).network();
        final DatasetInfo data = in.<DatasetPortObjectSpec>getInPortSpec(1).info();
        EngineCall.configuring(() -> check(network, data));
        // Without names in the data's headers, the columns are known when the labels are.
        if (data.classes() > 0) {
            out.setOutSpec(
                    0,
                    PredictionTable.spec(ClassNames.of(
                                    data.classNames(),
                                    data.classNames(),
                                    network.output().last())
                            .names()));
        }
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ModelPredictorNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final Model model = in.<ModelPortObject>getInPortObject(0).model();
        final DatasetPortObject data = in.getInPortObject(1);
        final Dataset dataset = EngineCall.executing(data::dataset);
        final ClassNames names = ClassNames.of(
                model.provenance().classNames(),
                dataset.classNames(),
                model.network().output().last());
        if (!names.agree()) {
            out.setWarningMessage("The model was trained on the classes "
                    + model.provenance().classNames() + ", but the data have " + dataset.classNames()
                    + "; the predicted classes are those of the model.");
        }
        final Outputs meaning = parameters.meaning(model.network());
        final PredictionTable table = new PredictionTable(names.names(), exec);
        NodeProgress.startEngine(exec);
        final boolean done = EngineCall.executing(() -> Prediction.run(
                new PredictionJob(model, dataset, parameters.batchSize, parameters.compute()),
                (first, outputs) -> add(ClassProbabilities.of(outputs, meaning), first, dataset, table, exec)));
        final BufferedDataTable predictions = table.close();
        if (!done) {
            throw new CanceledExecutionException();
        }
        out.setOutData(0, predictions);
    }

    private static boolean check(final Network network, final DatasetInfo data) {
        Prediction.check(network, data);
        return true;
    }

    private static boolean add(
            final Predictions probabilities,
            final int first,
            final Dataset dataset,
            final PredictionTable table,
            final ExecutionContext exec) {
        for (int row = 0; row < probabilities.rows(); row++) {
            table.add(dataset.classNames().get(dataset.label(first + row)), probabilities, row);
        }
        final int done = first + probabilities.rows();
        return NodeProgress.goOn(
                exec,
                (double) done / dataset.samples(),
                () -> String.format("%,d of %,d samples", done, dataset.samples()));
    }
}
