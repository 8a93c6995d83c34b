package org.gradienttape.host.workflow;

import java.util.Optional;
import org.gradienttape.host.port.FileStoreFolder;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;

/**
 * What an executed node has made.
 *
 * @param objects    one object for each output port
 * @param internal   what the node keeps for its view; empty if it keeps nothing
 * @param fileStores the files that belong to the objects
 */
public record Outputs(PortObject[] objects, Optional<PortObject[]> internal, Optional<FileStoreFolder> fileStores) {

    /** Of a node that is not executed. */
    static final Outputs NONE = new Outputs(new PortObject[0], Optional.empty(), Optional.empty());

    PortObjectSpec[] specs() {
        final PortObjectSpec[] specs = new PortObjectSpec[objects.length];
        for (int i = 0; i < specs.length; i++) {
            specs[i] = objects[i].getSpec();
        }
        return specs;
    }
}
