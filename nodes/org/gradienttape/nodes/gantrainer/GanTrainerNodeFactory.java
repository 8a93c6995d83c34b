package org.gradienttape.nodes.gantrainer;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** Declares the GAN Trainer. */
public final class GanTrainerNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("GAN Trainer")
            .icon("../../../../icons/gan-trainer.png")
            .shortDescription("Trains a generator of images against a discriminator, step by step.")
            .fullDescription("""
                    <p>Runs the GAN example of Keras' guide <i>Writing a training loop from scratch</i>. In each step the
                    generator makes as many images from random numbers as the batch has real ones. The discriminator learns to
                    tell them apart: label 1 for generated and 0 for real images, plus a little noise. Then the generator
                    alone learns to make images that the discriminator takes for real.</p>
                    <p>Losses and images come out as tables, at step 0 of each epoch and every so many steps, and the mean losses
                    of each epoch. Epochs and steps count from 0. Clipping, schedules, early stopping and checkpoints are those of
                    the GradientTape Trainer, for both networks alike.</p>
                    <p>The generator takes as many numbers as the latent dimension and makes images of the training data's
                    shape, with numbers like the scaled pixels: a generator that ends in sigmoid wants pixels divided by 255, one that
                    ends in tanh wants pixels from -1 to 1. The discriminator takes such images and
                    gives one number, the logit of "generated". The presets <i>DCGAN generator</i> and <i>DCGAN
                    discriminator</i> of the Model Builder fit MNIST, read as images.</p>
                    <p>The same settings, data, machine and number of threads give the same tables and the same weights on the
                    CPU. Cancelling takes effect within one step.</p>
                    <p>What happens in a batch can be Java code of your own, with the classes of org.gradienttape.step;
                    the page <i>own-step.md</i> of the documentation teaches it beside Keras' guide. A workflow from somebody
                    else may hold such code, as with the node Java Snippet: it is compiled and run when this node is executed,
                    never before.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(GanTrainerNodeFactory::ports)
            .model(model -> model.parametersClass(GanTrainerNodeParameters.class)
                    .configure(GanTrainerNode::configure)
                    .execute(GanTrainerNode::execute))
            .addView(GanTrainerView::declare)
            .keywords(
                    "generative adversarial network",
                    "DCGAN",
                    "deep learning",
                    "image generation",
                    "Keras",
                    "training loop")
            .nodeType(NodeType.Learner);

    public GanTrainerNodeFactory() {
        super(NODE);
    }

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Generator", port -> port.name("Generator")
                        .description("Makes images from random numbers; this model stays as it is.")
                        .fixed(ModelPortObject.TYPE))
                .addInputPortGroup("Discriminator", port -> port.name("Discriminator")
                        .description("Tells generated images from real ones; this model stays as it is.")
                        .fixed(ModelPortObject.TYPE))
                .addInputPortGroup("Training data", port -> port.name("Training data")
                        .description("The real images; their labels are ignored.")
                        .fixed(DatasetPortObject.TYPE))
                .addInputPortGroup("Validation data", port -> port.name("Validation data")
                        .description("Real images on which both losses are only measured, after each epoch.")
                        .optional()
                        .supportedTypes(DatasetPortObject.TYPE))
                .addOutputPortGroup("Trained generator", port -> port.name("Trained generator")
                        .description("The generator with trained weights.")
                        .fixed(ModelPortObject.TYPE))
                .addOutputPortGroup("Trained discriminator", port -> port.name("Trained discriminator")
                        .description("The discriminator with trained weights.")
                        .fixed(ModelPortObject.TYPE))
                .addOutputPortGroup("Step log", port -> port.name("Step log")
                        .description(
                                "Epoch, Step, Discriminator loss, Generator loss (both of this step), and one column per number"
                                        + " that Java code reports.")
                        .fixed(BufferedDataTable.TYPE))
                .addOutputPortGroup("Generated images", port -> port.name("Generated images")
                        .description(
                                "Epoch, Step, Image (made in this step), and with fixed noise a column Fixed noise: the images"
                                        + " of the same random numbers, in a grid.")
                        .fixed(BufferedDataTable.TYPE))
                .addOutputPortGroup("Epoch log", port -> port.name("Epoch log")
                        .description(
                                "Epoch, Steps, Discriminator loss, Generator loss (means), the same for the validation data,"
                                        + " the learning rates of the last step, Seconds; and Stop reason, if training may end"
                                        + " early. Without validation data the validation cells are missing.")
                        .fixed(BufferedDataTable.TYPE));
    }
}
