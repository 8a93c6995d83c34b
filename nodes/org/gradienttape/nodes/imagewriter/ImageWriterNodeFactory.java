package org.gradienttape.nodes.imagewriter;

import org.knime.core.node.NodeFactory.NodeType;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;

/** Declares the Image Writer. */
public final class ImageWriterNodeFactory extends DefaultNodeFactory {
    private static final DefaultNode NODE = DefaultNode.create()
            .name("Image Writer")
            .icon("../../../../icons/image-writer.png")
            .shortDescription("Writes the images of a table to files, and all of them as a contact sheet.")
            .fullDescription("""
                    <p>Writes the PNG image of each row to a file of one folder, as PNG or JPEG. The file names come from a
                    pattern, in which <i>${step}</i> stands for the value of the column Step, or from a column of text. If
                    wanted, a contact sheet shows all images in a grid.</p>
                    <p>A name must be a plain file name, on every operating system, and no two may differ by upper and lower
                    case alone. Names that lead out of the folder are refused.</p>
                    <p>All names are checked before anything is written, and all files appear at the end: if the node
                    fails or is cancelled, the folder is as it was.</p>
                    """)
            .sinceVersion(0, 1, 0)
            .ports(
                    ports -> ports.addInputTable("Images", "A table with a column of PNG images.")
                            .addOutputTable(
                                    "Written images",
                                    "The same table with Path (of the row's file) and Status (Created, Overwritten or Skipped)."))
            .model(model -> model.parametersClass(ImageWriterNodeParameters.class)
                    .configure(ImageWriterNode::configure)
                    .execute(ImageWriterNode::execute))
            .keywords("save", "export", "PNG", "JPEG", "picture", "contact sheet", "montage")
            .nodeType(NodeType.Sink);

    public ImageWriterNodeFactory() {
        super(NODE);
    }
}
