package org.gradienttape.nodes.modelbuilder;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** Declares the Model Builder. */
public final class ModelBuilderNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Model Builder")
            .icon("../../../../icons/model-builder.png")
            .shortDescription("Chains layers into a neural network and gives it fresh weights.")
            .fullDescription("""
                    <p>Builds a neural network from layers, one after the other, with the names, arguments and defaults of
                    Keras. Choose a preset, or <i>Custom</i> to add layers one by one.</p>
                    <p>With a model at its port, the node goes on from there: its layers come behind those of the model. The preset
                    <i>Transfer: new head</i> keeps what a trained model has learned to see, freezes it, and ends it in
                    GlobalAveragePooling2D (of images), Dropout 0.2 and one logit for each new class; <i>Freeze or unfreeze</i> says which layers of a model learn from here on. The Layer node draws
                    networks that branch.</p>
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
            .dynamicPorts(ModelBuilderNodeFactory::ports)
            .model(model -> model.parametersClass(ModelBuilderNodeParameters.class)
                    .configure(ModelBuilderNode::configure)
                    .execute(ModelBuilderNode::execute))
            .addView(view -> ModelBuilderView.declare(view, "Model Builder"))
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

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Input model", port -> port.name("Input model")
                        .description(
                                "A model behind whose end the layers are put. It keeps its weights; what it has learned to"
                                        + " predict is forgotten, since its end is another one now.")
                        .optional()
                        .supportedTypes(ModelPortObject.TYPE))
                .addInputPortGroup("Dataset", port -> port.name("Dataset")
                        .description(
                                "What the model shall learn from: the input shape is that of its samples, the number of"
                                        + " classes that of its labels, and Layer nodes know its columns.")
                        .optional()
                        .supportedTypes(DatasetPortObject.TYPE))
                .addOutputPortGroup("Model", port -> port.name("Model")
                        .description("The network, to be trained.")
                        .fixed(ModelPortObject.TYPE))
                .addOutputPortGroup("Layer summary", port -> port.name("Layer summary")
                        .description(
                                "One row per layer, and behind a layer in Java one per layer within: Layer, Type, Output"
                                        + " shape (of one sample), Parameters (how many numbers its weights hold), Connected to (the"
                                        + " layers whose output it takes), Trainable. A network without layers has one row, its input.")
                        .fixed(BufferedDataTable.TYPE));
    }
}
