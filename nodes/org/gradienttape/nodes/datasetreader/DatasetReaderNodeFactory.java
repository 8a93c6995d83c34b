package org.gradienttape.nodes.datasetreader;

import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.view.DatasetView;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts.PortsAdder;

/** Declares the Dataset Reader. */
public final class DatasetReaderNodeFactory extends DefaultNodeFactory {
    private static final String NAME = "Dataset Reader";

    private static final DefaultNode NODE = DefaultNode.create()
            .name(NAME)
            .icon("../../../../icons/dataset-reader.png")
            .shortDescription("Reads labelled samples to train on, and holds some of them out.")
            .fullDescription("""
                    <p>Reads samples and their labels from files and gives them to the nodes that train a network. Part of
                    the samples can be held out, so that training is measured on samples that it never saw.</p>
                    <p>MNIST and Fashion-MNIST are read by name: their four files must lie in the dataset folder, as they
                    are published, plain or compressed with gzip. Nothing is downloaded. Any other files in the IDX format
                    of unsigned bytes can be chosen one by one.</p>
                    <p>Other sources are arrays of an NPZ file (the names in the dialog are those of Keras' mnist.npz), a
                    folder of images with one sub-folder per class, and CSV files. Pickled Python objects are never read. What
                    a folder or a CSV file holds is known only when the node has been executed.</p>
                    <p>The columns of a CSV file are numbers or text, features or targets, as those of a table are for the node
                    <i>Table to Dataset</i>; or they are pixels.</p>
                    <p>Pixels stay single bytes. The samples are written to a file of the workflow and mapped into memory
                    from there, so a dataset may be larger than the memory that KNIME has.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .ports(DatasetReaderNodeFactory::ports)
            .model(model -> model.parametersClass(DatasetReaderNodeParameters.class)
                    .configure(DatasetReaderNode::configure)
                    .execute(DatasetReaderNode::execute))
            .addView(view -> DatasetView.declare(view, NAME))
            .keywords(
                    "MNIST",
                    "Fashion-MNIST",
                    "IDX",
                    "NPZ",
                    "NumPy",
                    "CSV",
                    "images",
                    "labels",
                    "deep learning",
                    "Keras")
            .nodeType(NodeType.Source);

    public DatasetReaderNodeFactory() {
        super(NODE);
    }

    private static void ports(final PortsAdder ports) {
        ports.addOutputPort(
                        "Training data", "The samples to train on, in the order of the files.", DatasetPortObject.TYPE)
                .addOutputPort(
                        "Held-out data",
                        "The samples that were kept away from training, for the validation data of a trainer. If nothing is"
                                + " held out, this is a dataset of 0 samples, which a trainer refuses.",
                        DatasetPortObject.TYPE);
    }
}
