package org.gradienttape.host.node;

import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParametersInput;

/** What defaults may know: the specs at the input ports. */
final class PortSpecs implements NodeParametersInput {

    private final PortObjectSpec[] specs;

    PortSpecs(final PortObjectSpec[] specs) {
        this.specs = specs.clone();
    }

    @Override
    public PortObjectSpec[] getInPortSpecs() {
        return specs.clone();
    }

    @Override
    public Optional<PortObjectSpec> getInPortSpec(final int portIndex) {
        return Optional.ofNullable(specs[portIndex]);
    }

    @Override
    public DataTableSpec[] getInTableSpecs() {
        final DataTableSpec[] tables = new DataTableSpec[specs.length];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = (DataTableSpec) specs[i];
        }
        return tables;
    }

    @Override
    public Optional<DataTableSpec> getInTableSpec(final int portIndex) {
        return getInPortSpec(portIndex).map(DataTableSpec.class::cast);
    }
}
