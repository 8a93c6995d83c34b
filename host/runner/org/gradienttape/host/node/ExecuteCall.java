package org.gradienttape.host.node;

import java.util.Arrays;
import java.util.Optional;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.port.PortObject;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;
import org.knime.node.parameters.NodeParameters;

/** One call of an execute function. */
final class ExecuteCall implements ExecuteInput, ExecuteOutput {

    private final NodeParameters parameters;
    private final PortObject[] inObjects;
    private final ExecutionContext context;
    private final PortObject[] outObjects;
    private Optional<PortObject[]> internalObjects = Optional.empty();
    private String warning;

    ExecuteCall(
            final Optional<NodeParameters> parameters,
            final PortObject[] inObjects,
            final ExecutionContext context,
            final int outputs) {
        this.parameters = parameters.orElse(null);
        this.inObjects = inObjects;
        this.context = context;
        this.outObjects = new PortObject[outputs];
    }

    PortObject[] outObjects() {
        return outObjects;
    }

    Optional<PortObject[]> internalObjects() {
        return internalObjects;
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
    public ExecutionContext getExecutionContext() {
        return context;
    }

    @Override
    public PortObject[] getInPortObjects() {
        return inObjects;
    }

    @SuppressWarnings("unchecked")
    @Override
    public <D extends PortObject> D getInPortObject(final int portIndex) {
        return (D) inObjects[portIndex];
    }

    @Override
    public BufferedDataTable[] getInTables() {
        final BufferedDataTable[] tables = new BufferedDataTable[inObjects.length];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = getInTable(i);
        }
        return tables;
    }

    @Override
    public BufferedDataTable getInTable(final int portIndex) {
        return (BufferedDataTable) inObjects[portIndex];
    }

    @Override
    public <D extends PortObject> void setOutData(final int index, final D data) {
        outObjects[index] = data;
    }

    @SafeVarargs
    @Override
    public final <D extends PortObject> void setOutData(final D... data) {
        for (int i = 0; i < data.length; i++) {
            outObjects[i] = data[i];
        }
    }

    @SafeVarargs
    @Override
    public final <D extends PortObject> void setInternalData(final D... data) {
        internalObjects = Optional.of(Arrays.copyOf(data, data.length, PortObject[].class));
    }

    @Override
    public void setWarningMessage(final String message) {
        warning = message;
    }
}
