package org.gradienttape.nodes.modelwriter;

import org.gradienttape.nodes.ports.ModelPortObject;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Model Writer. */
public final class ModelWriterNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Model Writer")
            .icon("../../../../icons/model-writer.png")
            .shortDescription("Writes a model with its weights to a file.")
            .fullDescription("""
                    <p>Writes the network, its weights and where they come from to one file: a zip of a JSON description and
                    the weights in the safetensors format, which other programs can read. The file holds no code but that of layers in Java, as text.</p>
                    <p>Or writes the network for prediction as ONNX, which ONNX Runtime and many other programs read, or as
                    TorchScript, which PyTorch, DJL and libtorch load; both without KNIME and without these nodes. Or writes
                    a model or its weights as Keras 3 does, to go on with in Python.</p>
                    <p>The file appears in one piece or not at all: it is written under another name first. The folder is
                    made if it does not exist.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .ports(ports -> ports.addInputPort("Model", "The model to write.", ModelPortObject.TYPE)
                    .addOutputTable("Written file", "One row: Path (of the file) and Status (Created or Overwritten)."))
            .model(model -> model.parametersClass(ModelWriterNodeParameters.class)
                    .configure(ModelWriterNode::configure)
                    .execute(ModelWriterNode::execute))
            .keywords(
                    "save",
                    "export",
                    "safetensors",
                    "onnx",
                    "torchscript",
                    "pytorch",
                    "keras",
                    "hdf5",
                    "neural network",
                    "weights")
            .nodeType(NodeType.Sink);

    public ModelWriterNodeFactory() {
        super(NODE);
    }
}
