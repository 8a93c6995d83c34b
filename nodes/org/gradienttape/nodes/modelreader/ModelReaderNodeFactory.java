package org.gradienttape.nodes.modelreader;

import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

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
                    <p>A model can hold layers in Java. Nothing of them is compiled or run when the file is read, and the
                    node warns that they are there, or refuses them. When a node uses the model, its code can compute, and
                    reaches nothing else of this machine.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .ports(ports -> ports.addOutputPort("Model", "The model that the file holds.", ModelPortObject.TYPE))
            .model(model -> model.parametersClass(ModelReaderNodeParameters.class)
                    .configure(ModelReaderNode::configure)
                    .execute(ModelReaderNode::execute))
            .keywords("load", "import", "safetensors", "neural network", "weights")
            .nodeType(NodeType.Source);

    public ModelReaderNodeFactory() {
        super(NODE);
    }
}
