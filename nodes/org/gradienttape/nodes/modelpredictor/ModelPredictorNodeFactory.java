package org.gradienttape.nodes.modelpredictor;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** Declares the Model Predictor. */
public final class ModelPredictorNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Model Predictor")
            .icon("../../../../icons/model-predictor.png")
            .shortDescription(
                    "Lets a trained model predict classes or numbers, of a dataset or of the rows of a table.")
            .fullDescription("""
                    <p>Shows every sample of a dataset, or every row of a table, to a trained model and writes what it says.
                    KNIME's own Scorer, Numeric Scorer, ROC Curve and table nodes work on the result, and so does the Metric
                    Tracker.</p>
                    <p><b>A table</b> (<i>change the type of the port in its menu</i>) is for a model that learned from the rows
                    of a table. The predictions are appended, and all columns and RowIDs stay. The columns that the model
                    learned from are found by their names; their order, further columns and a missing target do not matter. They
                    are scaled and encoded as in the training. A row that cannot be encoded, because a cell is missing, a number
                    is infinite or a text is new to the model, has missing cells, and a warning counts such rows.</p>
                    <p><b>A dataset</b>: the result has one row for each sample, with the true class or numbers first. Labels
                    are matched with the model's classes by name, wherever they stand in the dataset; a class that the model does
                    not know keeps its own name, and a warning names it. The samples are scaled as in the training of the model,
                    whatever the Dataset Reader was set to.</p>
                    <p><b>Classes</b>: the most probable class and the probability of each class. A model whose last layer gives
                    logits gets softmax, or sigmoid if there is a single output, which then is the probability of the second
                    class. The classes are named as in the data that the model was trained on.</p>
                    <p><b>Numbers</b> are predicted in the units of the training data. <b>An autoencoder</b> gives the mean squared
                    error between each sample and what it makes of it, where both are scaled as at the network: a large one
                    tells that the sample is unlike those of the training.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(ModelPredictorNodeFactory::ports)
            .model(model -> model.parametersClass(ModelPredictorNodeParameters.class)
                    .configure(ModelPredictorNode::configure)
                    .execute(ModelPredictorNode::execute))
            .keywords(
                    "predict",
                    "score",
                    "regression",
                    "anomaly",
                    "inference",
                    "apply",
                    "classify",
                    "probability",
                    "softmax",
                    "deep learning",
                    "Keras")
            .nodeType(NodeType.Predictor);

    public ModelPredictorNodeFactory() {
        super(NODE);
    }

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Model", port -> port.name("Model")
                        .description("A trained model.")
                        .fixed(ModelPortObject.TYPE))
                .addInputPortGroup("Dataset", port -> port.name("Dataset")
                        .description(
                                "Samples in the shape that the model takes, or rows with the columns that it learned"
                                        + " from.")
                        .exchangable(DatasetPortObject.TYPE)
                        .supportedTypes(DatasetPortObject.TYPE, BufferedDataTable.TYPE))
                .addOutputPortGroup("Predictions", port -> port.name("Predictions")
                        .description(
                                "Of a dataset one row per sample: Label (or what the target is called), Predicted class,"
                                        + " and for each class its probability in a column such as P (Label=7). Of a table its rows,"
                                        + " with P (target=class) for each class and Prediction (target) at the end. Of numbers"
                                        + " Prediction (target) for each; of an autoencoder Reconstruction error.")
                        .fixed(BufferedDataTable.TYPE));
    }
}
