package org.gradienttape.nodes.learner;

import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.training.TrainingView;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** Declares the Neural Network Learner. */
public final class NeuralNetworkLearnerNodeFactory extends DefaultNodeFactory {
    private static final String NAME = "Neural Network Learner";

    private static final DefaultNode NODE = DefaultNode.create()
            .name(NAME)
            .icon("../../../../icons/neural-network-learner.png")
            .shortDescription("Learns to predict a column of a table from its other columns.")
            .fullDescription("""
                    <p>Trains a neural network on the rows of a table. If the target column holds text, the network tells its
                    classes apart; if it holds numbers, it predicts numbers. The Model Predictor appends what it says to a table
                    with the same feature columns.</p>
                    <p>The settings work without a look. Numbers are standardized, and each text of a text column becomes a
                    number of 0 or 1; missing cells are filled in. Two hidden layers of 64 units follow, then an output for each
                    class or for the number. A part of the rows is held out, training ends when the loss on them has not
                    become smaller for some epochs, and the model is that of the best epoch.</p>
                    <p>What is learned about the columns, such as means, texts and classes, comes from the rows to learn from
                    alone, and stays with the model: wherever it is used, columns and classes are found by their names.</p>
                    <p>It is the loop of the GradientTape Trainer, with the same logs; use Table to Dataset, Model Builder and
                    the GradientTape Trainer for other networks, losses, several targets, or steps of your own. The same
                    settings, table, machine and number of threads give the same model.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(NeuralNetworkLearnerNodeFactory::ports)
            .model(model -> model.parametersClass(NeuralNetworkLearnerNodeParameters.class)
                    .configure(NeuralNetworkLearnerNode::configure)
                    .execute(NeuralNetworkLearnerNode::execute))
            .addView(view -> TrainingView.declare(view, NAME))
            .keywords(
                    "MLP",
                    "multilayer perceptron",
                    "regression",
                    "classification",
                    "deep learning",
                    "Keras",
                    "supervised learning")
            .nodeType(NodeType.Learner);

    public NeuralNetworkLearnerNodeFactory() {
        super(NODE);
    }

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Table", port -> port.name("Table")
                        .description("The rows to learn from: one column to learn, the others to learn it from.")
                        .fixed(BufferedDataTable.TYPE))
                .addInputPortGroup("Validation table", port -> port.name("Validation table")
                        .description(
                                "Rows with the same columns on which the model is only measured, after each epoch; they"
                                        + " take the place of the held-out part.")
                        .optional()
                        .supportedTypes(BufferedDataTable.TYPE))
                .addOutputPortGroup("Model", port -> port.name("Model")
                        .description("The trained network, with what was learned about columns and classes.")
                        .fixed(ModelPortObject.TYPE))
                .addOutputPortGroup("Step log", port -> port.name("Step log")
                        .description(
                                "Epoch, Step, Samples seen (in this epoch, this batch included), Loss (of this batch), and"
                                        + " the running metrics of this epoch: accuracy; or, of numbers, mean absolute error, root mean"
                                        + " squared error and R².")
                        .fixed(BufferedDataTable.TYPE))
                .addOutputPortGroup("Epoch log", port -> port.name("Epoch log")
                        .description(
                                "Epoch, Steps, Loss (mean), the metrics, Validation loss and metrics of the held-out rows,"
                                        + " Learning rate, Seconds, and in the last row why training ended.")
                        .fixed(BufferedDataTable.TYPE));
    }
}
