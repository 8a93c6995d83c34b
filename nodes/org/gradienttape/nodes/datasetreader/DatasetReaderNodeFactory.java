package org.gradienttape.nodes.datasetreader;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Dataset Reader. */
public final class DatasetReaderNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Dataset Reader")
            .icon("../../../../icons/dataset-reader.png")
            .shortDescription("Reads labelled samples to train on, and holds some of them out.")
            .fullDescription("""
                    <p>Reads samples and their labels from files and gives them to the nodes that train a network. Part of
                    the samples can be held out, so that training is measured on samples that it never saw.</p>
                    <p>MNIST and Fashion-MNIST are read by name: their four files must lie in the dataset folder, as they
                    are published, plain or compressed with gzip. Nothing is downloaded. Any other files in the IDX format
                    of unsigned bytes can be chosen one by one.</p>
                    <p>The samples stay as small as they are stored. They are written to a file of the workflow and mapped
                    into memory from there, so a dataset may be larger than the memory that KNIME has.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .ports(ports -> ports.addOutputPort(
                            "Training data",
                            "The samples to train on, in the order of the files.",
                            DatasetPortObject.TYPE)
                    .addOutputPort(
                            "Held-out data",
                            "The samples that were kept away from training, for the validation data of a trainer. If"
                                    + " nothing is held out, this is a dataset of 0 samples, which a trainer refuses.",
                            DatasetPortObject.TYPE))
            .model(model -> model.parametersClass(DatasetReaderNodeParameters.class)
                    .configure(DatasetReaderNode::configure)
                    .execute(DatasetReaderNode::execute))
            .keywords("MNIST", "Fashion-MNIST", "IDX", "images", "labels", "deep learning", "Keras")
            .nodeType(NodeType.Source);

    public DatasetReaderNodeFactory() {
        super(NODE);
    }
}
