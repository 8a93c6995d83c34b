package org.gradienttape.host.node;

import java.util.Optional;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.parameters.NodeParameters;

/** One call of a configure function. */
final class ConfigureCall implements ConfigureInput, ConfigureOutput {

    private final NodeParameters parameters;
    private final PortObjectSpec[] inSpecs;
    private final PortObjectSpec[] outSpecs;
    private String warning;

    ConfigureCall(final Optional<NodeParameters> parameters, final PortObjectSpec[] inSpecs, final int outputs) {
        this.parameters = parameters.orElse(null);
        this.inSpecs = inSpecs;
        this.outSpecs = new PortObjectSpec[outputs];
    }

    PortObjectSpec[] outSpecs() {
        return outSpecs;
    }

    Optional<String> warning() {
        return Optional.ofNullable(warning);
    }

    @SuppressWarnings("unchecked")
    @Override
    public <S extends NodeParameters> S getParameters() {
        return (S) parameters;
    }

    @Override
    public PortObjectSpec[] getInPortSpecs() {
        return inSpecs;
    }

    @SuppressWarnings("unchecked")
    @Override
    public <S extends PortObjectSpec> S getInPortSpec(final int index) {
        return (S) inSpecs[index];
    }

    @Override
    public DataTableSpec[] getInTableSpecs() {
        final DataTableSpec[] tables = new DataTableSpec[inSpecs.length];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = getInTableSpec(i);
        }
        return tables;
    }

    @Override
    public DataTableSpec getInTableSpec(final int portIndex) {
        return (DataTableSpec) inSpecs[portIndex];
    }

    @Override
    public <S extends PortObjectSpec> void setOutSpec(final int index, final S spec) {
        outSpecs[index] = spec;
    }

    @SafeVarargs
    @Override
    public final <S extends PortObjectSpec> void setOutSpecs(final S... specs) {
        for (int i = 0; i < specs.length; i++) {
            outSpecs[i] = specs[i];
        }
    }

    @Override
    public void setWarningMessage(final String message) {
        warning = message;
    }
}
