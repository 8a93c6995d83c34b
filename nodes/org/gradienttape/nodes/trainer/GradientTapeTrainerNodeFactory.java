package org.gradienttape.nodes.trainer;

import org.gradienttape.nodes.training.TrainerPorts;
import org.gradienttape.nodes.training.TrainingView;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the GradientTape Trainer. */
public final class GradientTapeTrainerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("GradientTape Trainer")
            .icon("../../../../icons/gradienttape-trainer.png")
            .shortDescription("Trains a neural network with a training loop that is controlled batch by batch.")
            .fullDescription("""
                    <p>Runs the training loop of Keras' guide <i>Writing a training loop from scratch</i>. For each batch: the
                    forward pass inside a gradient tape; the loss, and the losses that layers add to it; the gradients of the
                    trainable weights; one update by the optimizer; the metrics, each with its running value within the
                    epoch.</p>
                    <p>If validation data is connected, every epoch ends with a pass over it, in which nothing is learned.
                    What is measured comes out as tables: the step log has a row at step 0 and every so many steps, the
                    epoch log one row per epoch. Epochs and steps count from 0.</p>
                    <p>Around the steps, and off unless they are switched on: learning-rate schedules and warm-up, a smaller
                    learning rate on a plateau, gradient clipping, early stopping, an end instead of an error when the loss
                    becomes NaN, and a checkpoint of the best model. An epoch in which the watched metric is undefined does not
                    count for them. The epoch log shows the learning rate and, if a run may end early, why it ended, in its
                    last row.</p>
                    <p>The same settings, data, machine and number of threads give the same tables, except for the seconds,
                    and the same weights on the CPU. Cancelling takes effect within one step.</p>
                    <p>The trained model keeps the names of its classes and the pixel scaling of its data. Validation data, and
                    all data when it is trained further, are brought to these: classes are matched by name, and one that the
                    model does not know is an error.</p>
                    <p>The model learns what the dataset has as its target. For classes, its last layer gives one number per
                    class, whose target is 1 for the label and 0 for the others; or a single number, whose target is the label
                    itself. For numbers it gives one for each, and errors are told in their own units. An autoencoder gives
                    back its samples. Samples with a weight count that much in the loss and in all metrics. What the numbers mean,
                    logits, scores, probabilities or plain numbers, depends on the loss. Optimizers, losses and metrics have the
                    formulas and defaults of Keras.</p>
                    <p>The loss, metrics, and all that happens in a batch can be Java code of your own;
                    the page <i>own-step.md</i> of the documentation teaches it beside Keras' guide. A workflow from somebody
                    else may hold such code, as with the node Java Snippet: it is compiled and run when this node is executed,
                    never before.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(TrainerPorts::declare)
            .model(model -> model.parametersClass(GradientTapeTrainerNodeParameters.class)
                    .configure(GradientTapeTrainerNode::configure)
                    .execute(GradientTapeTrainerNode::execute))
            .addView(view -> TrainingView.declare(view, "GradientTape Trainer"))
            .keywords("neural network", "deep learning", "training loop", "Keras", "SGD", "Adam", "backpropagation")
            .nodeType(NodeType.Learner);

    public GradientTapeTrainerNodeFactory() {
        super(NODE);
    }
}
