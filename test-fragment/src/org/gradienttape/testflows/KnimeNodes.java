package org.gradienttape.testflows;

import java.util.Map;
import java.util.function.Supplier;
import org.gradienttape.host.workflow.NodeBody;
import org.gradienttape.host.workflow.NodeNotAvailableException;
import org.gradienttape.host.workflow.NodeRegistry;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeSettingsRO;

/** The nodes that are installed, and the stand-ins for the nodes of KNIME that the test workflows need. */
final class KnimeNodes implements NodeRegistry {
    private static final Map<String, Supplier<KnimeNode>> STAND_INS = Map.of(
            TableCreator.FACTORY, TableCreator::new,
            TableDifferenceChecker.FACTORY, TableDifferenceChecker::new,
            TestflowConfiguration.FACTORY, TestflowConfiguration::new,
            ImageDifferenceChecker.FACTORY, ImageDifferenceChecker::new);

    private final NodeRegistry installed;

    KnimeNodes(final NodeRegistry installed) {
        this.installed = installed;
    }

    @Override
    public NodeFactory<?> create(final String className) throws NodeNotAvailableException {
        return installed.create(className);
    }

    @Override
    public NodeBody body(final String className, final NodeSettingsRO nodeFile)
            throws NodeNotAvailableException, InvalidSettingsException {
        final Supplier<KnimeNode> standIn = STAND_INS.get(className);
        return standIn == null ? installed.body(className, nodeFile) : standIn.get();
    }
}
