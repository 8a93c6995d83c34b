package org.gradienttape.nodes.gantrainer;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.PortsAdder;

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
                    <p>Losses and images come out as tables, at step 0 of each epoch and every so many steps. Epochs and steps
                    count from 0.</p>
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
            .ports(GanTrainerNodeFactory::ports)
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

    private static void ports(final PortsAdder ports) {
        ports.addInputPort(
                        "Generator",
                        "Makes images from random numbers; this model stays as it is.",
                        ModelPortObject.TYPE)
                .addInputPort(
                        "Discriminator",
                        "Tells generated images from real ones; this model stays as it is.",
                        ModelPortObject.TYPE)
                .addInputPort("Training data", "The real images; their labels are ignored.", DatasetPortObject.TYPE)
                .addOutputPort("Trained generator", "The generator with trained weights.", ModelPortObject.TYPE)
                .addOutputPort("Trained discriminator", "The discriminator with trained weights.", ModelPortObject.TYPE)
                .addOutputTable(
                        "Step log",
                        "Epoch, Step, Discriminator loss, Generator loss (both of this step), and one column per number that"
                                + " Java code reports.")
                .addOutputTable(
                        "Generated images",
                        "Epoch, Step, Image (made in this step), and with fixed noise a column Fixed noise: the images of the"
                                + " same random numbers, side by side.");
    }
}
