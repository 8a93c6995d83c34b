package org.knime.node.parameters;

import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObjectSpec;

/**
 * What is known about a node's inputs when defaults or choices are computed; ports count from 0 among those that
 * exist.
 */
public interface NodeParametersInput {

    /** One element per input port, null where the spec is not known. */
    PortObjectSpec[] getInPortSpecs();

    Optional<PortObjectSpec> getInPortSpec(int portIndex);

    DataTableSpec[] getInTableSpecs();

    Optional<DataTableSpec> getInTableSpec(int portIndex);
}
