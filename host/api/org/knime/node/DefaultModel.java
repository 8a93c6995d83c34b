package org.knime.node;

import java.util.Objects;
import java.util.Optional;
import org.gradienttape.host.api.node.NodeBehaviour;
import org.gradienttape.host.api.node.NodeView;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;

/** What a node does: its parameters class and its configure and execute functions. */
public final class DefaultModel {

    private final Optional<Class<? extends NodeParameters>> parametersClass;
    private final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure;
    private final ExecuteConsumer execute;

    private DefaultModel(
            final Class<? extends NodeParameters> parametersClass,
            final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
            final ExecuteConsumer execute) {
        this.parametersClass = Optional.ofNullable(parametersClass);
        this.configure = Objects.requireNonNull(configure, "configure");
        this.execute = Objects.requireNonNull(execute, "execute");
    }

    static RequireModelParameters create() {
        return parametersClass -> configure -> execute -> new DefaultModel(parametersClass, configure, execute);
    }

    NodeBehaviour behaviour(final Optional<NodeView> view) {
        return new NodeBehaviour(parametersClass, configure, execute, view);
    }

    /** Stage: the parameters. */
    public interface RequireModelParameters {

        RequireConfigureOrRearrangeColumns parametersClass(Class<? extends NodeParameters> parametersClass);

        /** For a node that has nothing to set, and therefore no dialog. */
        default RequireConfigureOrRearrangeColumns withoutParameters() {
            return parametersClass(null);
        }
    }

    /** Stage: the function from input specs to output specs. */
    public interface RequireConfigureOrRearrangeColumns {

        RequireExecute configure(ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure);
    }

    /** Stage: the function from input data to output data. */
    public interface RequireExecute {

        DefaultModel execute(ExecuteConsumer execute);
    }

    /**
     * A configure function. It is called often and on any thread that changes the workflow: cheap, and without state.
     *
     * @param <I> what it reads
     * @param <O> what it fills
     */
    @FunctionalInterface
    public interface ConfigureOrRearrangerConsumer<I, O> {

        void accept(I input, O output) throws InvalidSettingsException;
    }

    /** An execute function. */
    @FunctionalInterface
    public interface ExecuteConsumer {

        void accept(ExecuteInput input, ExecuteOutput output) throws CanceledExecutionException, KNIMEException;
    }

    /** What a configure function reads; inputs are counted from 0 among the ports that exist. */
    public interface ConfigureInput {

        <S extends NodeParameters> S getParameters();

        /** One element per existing input port; null where the spec is not known yet. */
        PortObjectSpec[] getInPortSpecs();

        <S extends PortObjectSpec> S getInPortSpec(int index);

        DataTableSpec[] getInTableSpecs();

        DataTableSpec getInTableSpec(int portIndex);
    }

    /** What a configure function fills; an output spec that is not set stays unknown. */
    public interface ConfigureOutput {

        <S extends PortObjectSpec> void setOutSpec(int index, S spec);

        @SuppressWarnings("unchecked")
        <S extends PortObjectSpec> void setOutSpecs(S... specs);

        void setWarningMessage(String message);
    }

    /** What an execute function reads; inputs are counted from 0 among the ports that exist. */
    public interface ExecuteInput {

        <S extends NodeParameters> S getParameters();

        ExecutionContext getExecutionContext();

        PortObject[] getInPortObjects();

        <D extends PortObject> D getInPortObject(int portIndex);

        BufferedDataTable[] getInTables();

        BufferedDataTable getInTable(int portIndex);
    }

    /** What an execute function fills; every output must be set. */
    public interface ExecuteOutput {

        <D extends PortObject> void setOutData(int index, D data);

        @SuppressWarnings("unchecked")
        <D extends PortObject> void setOutData(D... data);

        /** Keeps tables, or outputs of the node, for its view. */
        @SuppressWarnings("unchecked")
        <D extends PortObject> void setInternalData(D... data);

        void setWarningMessage(String message);
    }
}
