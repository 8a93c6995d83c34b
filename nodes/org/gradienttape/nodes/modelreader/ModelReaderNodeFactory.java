package org.gradienttape.nodes.modelreader;

import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.DynamicPortsAdder;

/** Declares the Model Reader. */
public final class ModelReaderNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Model Reader")
            .icon("../../../../icons/model-reader.png")
            .shortDescription("Reads a model with its weights from a file.")
            .fullDescription("""
                    <p>Reads a file that the Model Writer wrote: the network, its weights and where they come from. The file
                    is checked before anything is kept: a damaged or foreign file is an error that says what is wrong with
                    it.</p>
                    <p>Reads models of Keras 3 too, as <i>model.save</i> writes them (.keras), if their layers are among those
                    of the Model Builder; what cannot be computed here is refused by the name of the
                    layer. Weights alone, as <i>save_weights</i> writes them (.weights.h5), need the network that they belong
                    to: add the input <i>Network</i> with the + at the node. No code in a file is ever run. A Keras file
                    does not say how its samples were scaled, nor what its classes are called.</p>
                    <p>Weights alone in safetensors files of other programs need a network too, and the input <i>Weight
                    names</i>, if their names are not those of the layer summary with a slash, such as
                    <i>dense/kernel</i>.</p>
                    <p>A model can hold layers in Java. Nothing of them is compiled or run when the file is read, and the
                    node warns that they are there, or refuses them. When a node uses the model, its code can compute, and
                    reaches nothing else of this machine.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .dynamicPorts(ModelReaderNodeFactory::ports)
            .model(model -> model.parametersClass(ModelReaderNodeParameters.class)
                    .configure(ModelReaderNode::configure)
                    .execute(ModelReaderNode::execute))
            .keywords("load", "import", "keras", "hdf5", "pretrained", "safetensors", "neural network", "weights")
            .nodeType(NodeType.Source);

    public ModelReaderNodeFactory() {
        super(NODE);
    }

    private static void ports(final DynamicPortsAdder ports) {
        ports.addInputPortGroup("Network", port -> port.name("Network")
                        .description("The layers for a file that holds weights alone. Their own weights are replaced.")
                        .optional()
                        .supportedTypes(ModelPortObject.TYPE))
                .addInputPortGroup("Weight names", port -> port.name("Weight names")
                        .description(
                                "The first two columns of text: a weight of the network, such as dense/kernel, and its"
                                        + " name in a safetensors file, such as fc1.weight.")
                        .optional()
                        .supportedTypes(BufferedDataTable.TYPE))
                .addOutputPortGroup("Model", port -> port.name("Model")
                        .description("The model that the file holds.")
                        .fixed(ModelPortObject.TYPE));
    }
}
