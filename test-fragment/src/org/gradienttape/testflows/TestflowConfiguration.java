package org.gradienttape.testflows;

import java.util.List;
import java.util.Optional;
import org.gradienttape.host.node.Configured;
import org.gradienttape.host.node.Executed;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;

/** KNIME's Testflow Configuration: says what the testing framework is to expect; computes nothing. */
final class TestflowConfiguration extends KnimeNode {
    static final String FACTORY = "org.knime.testing.node.config.TestConfigNodeFactory";

    @Override
    void read(final NodeSettingsRO model) throws InvalidSettingsException {
        model.getString("owner");
        for (final String none :
                List.of("requiredLogErrors", "requiredLogWarnings", "requiredLogInfos", "failingNodes")) {
            if (model.getStringArray(none).length > 0) {
                throw new InvalidSettingsException("No test workflow here expects anything of " + none + ".");
            }
        }
        for (final String none : List.of("requiredNodeWarnings", "requiredNodeErrors")) {
            if (model.getNodeSettings(none).getInt("count") > 0) {
                throw new InvalidSettingsException("No test workflow here expects anything of " + none + ".");
            }
        }
        if (model.getInt("timeout") < 60) {
            throw new InvalidSettingsException("A test workflow must have a minute.");
        }
    }

    @Override
    public List<PortType> inputs() {
        return List.of();
    }

    @Override
    public List<PortType> outputs() {
        return List.of();
    }

    @Override
    public Configured configure(final PortObjectSpec[] inputs) {
        return new Configured(new PortObjectSpec[0], Optional.empty());
    }

    @Override
    public Executed execute(final PortObject[] inputs, final PortObjectSpec[] specs, final ExecutionContext context) {
        return new Executed(new PortObject[0], Optional.empty(), Optional.empty());
    }
}
