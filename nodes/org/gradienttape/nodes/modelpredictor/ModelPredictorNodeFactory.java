package org.gradienttape.nodes.modelpredictor;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Model Predictor. */
public final class ModelPredictorNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Model Predictor")
            .icon("../../../../icons/model-predictor.png")
            .shortDescription("Lets a trained model predict the classes of samples.")
            .fullDescription("""
                    <p>Shows every sample of a dataset to a trained model and writes what it says: the most probable class and
                    the probability of each class, beside the true label. KNIME's own Scorer, ROC Curve and table nodes work on
                    the result, and so does the Metric Tracker.</p>
                    <p>A model whose last layer gives logits gets softmax, or sigmoid if there is a single output, which then
                    is the probability of the second class. The classes are named as in the data that the model was trained
                    on. Labels are matched with them by name, wherever they stand in the dataset; a class that the model does
                    not know keeps its own name in <i>Label</i>, and a warning names it. The samples are scaled as in the
                    training of the model, whatever the Dataset Reader was set to.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .ports(ports -> ports.addInputPort("Model", "A trained model.", ModelPortObject.TYPE)
                    .addInputPort("Dataset", "The samples, in the shape that the model takes.", DatasetPortObject.TYPE)
                    .addOutputTable(
                            "Predictions",
                            "One row per sample: Label, Predicted class, and for each class its probability in a column such"
                                    + " as P (Label=7)."))
            .model(model -> model.parametersClass(ModelPredictorNodeParameters.class)
                    .configure(ModelPredictorNode::configure)
                    .execute(ModelPredictorNode::execute))
            .keywords("predict", "inference", "apply", "classify", "probability", "softmax", "deep learning", "Keras")
            .nodeType(NodeType.Predictor);

    public ModelPredictorNodeFactory() {
        super(NODE);
    }
}
