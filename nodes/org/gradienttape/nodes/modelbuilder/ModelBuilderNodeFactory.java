package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Model Builder. */
public final class ModelBuilderNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Model Builder")
            .icon("../../../../icons/model-builder.png")
            .shortDescription("Chains layers into a neural network and gives it fresh weights.")
            .fullDescription("""
                    <p>Builds a neural network from layers, one after the other, with the names, arguments and defaults of
                    Keras. Choose a preset, or <i>Custom</i> to add layers one by one.</p>
                    <p>Each layer takes what the layer before it gives. A layer that does not fit is an error that names
                    both shapes, before anything is executed.</p>
                    <p>Images are height x width x channels, as in Keras. With padding <i>Same</i> an odd pad puts its extra
                    line at the bottom and the right, as in TensorFlow.</p>
                    <p>A layer can be <i>Java code</i> of your own, and so can a whole model, as in Keras' subclassing: a class
                    that extends CustomLayer, with the layers that it calls. The code is compiled when the node is executed,
                    and called once to see its weights, shapes and layers; nothing is compiled before, so nodes behind it
                    are configured when the node has run. The model keeps the code as text.</p>
                    <p>The weights start as in Keras: kernels from the Glorot uniform initializer, biases at zero. The same
                    layers and the same seed give the same weights on every machine.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .ports(
                    ports -> ports.addOutputPort(
                                    "Model", "The network with fresh weights, to be trained.", ModelPortObject.TYPE)
                            .addOutputTable(
                                    "Layer summary",
                                    "One row per layer, and behind a layer in Java one per layer within: Layer, Type, Output shape (of one sample), Parameters (how many numbers"
                                            + " its weights hold), Connected to (the layers whose output it takes), Trainable."))
            .model(model -> model.parametersClass(ModelBuilderNodeParameters.class)
                    .configure(ModelBuilderNode::configure)
                    .execute(ModelBuilderNode::execute))
            .addView(ModelBuilderView::declare)
            .keywords(
                    "neural network",
                    "layers",
                    "Dense",
                    "Conv2D",
                    "Dropout",
                    "DCGAN",
                    "deep learning",
                    "Keras",
                    "Sequential",
                    "Java",
                    "custom layer",
                    "subclassing")
            .nodeType(NodeType.Source);

    public ModelBuilderNodeFactory() {
        super(NODE);
    }
}
