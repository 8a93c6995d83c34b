package org.gradienttape.host.node;

import java.lang.reflect.Constructor;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;

/**
 * Reads and writes parameters in the form that KNIME gives them in the config "model": one entry per field, a config
 * per group, a config with children "0", "1", ... per array of groups.
 */
public final class ParametersPersistence {

    private ParametersPersistence() {}

    /**
     * Reads parameters and validates them.
     *
     * @throws InvalidSettingsException if an entry is missing, has another type or no valid value
     */
    public static <T extends NodeParameters> T load(final Class<T> type, final NodeSettingsRO settings)
            throws InvalidSettingsException {
        final T parameters = read(type, settings);
        parameters.validate();
        return parameters;
    }

    /**
     * Reads parameters without validating them.
     *
     * @throws InvalidSettingsException if an entry is missing, has another type, or names no constant of its enum
     */
    public static <T extends NodeParameters> T read(final Class<T> type, final NodeSettingsRO settings)
            throws InvalidSettingsException {
        return type.cast(ParameterGroup.of(type).load(settings));
    }

    /**
     * Writes all parameters.
     *
     * @throws IllegalStateException if a field is null or of a type that cannot be stored
     */
    public static void save(final NodeParameters parameters, final NodeSettingsWO settings) {
        ParameterGroup.of(parameters.getClass()).save(parameters, settings);
    }

    /**
     * The defaults, validated.
     *
     * @param inSpecs one element per input port, null where not known
     * @throws InvalidSettingsException if the defaults do not suit these inputs, or none can be known
     */
    public static <T extends NodeParameters> T defaults(final Class<T> type, final PortObjectSpec[] inSpecs)
            throws InvalidSettingsException {
        final T parameters = create(type, inSpecs);
        parameters.validate();
        return parameters;
    }

    /**
     * The defaults, not validated: from the constructor that takes a {@link NodeParametersInput} if there is one,
     * otherwise from the one without arguments.
     *
     * @param inSpecs one element per input port, null where not known
     * @throws IllegalStateException if there is no such constructor, or it threw
     */
    public static <T extends NodeParameters> T create(final Class<T> type, final PortObjectSpec[] inSpecs) {
        for (final Constructor<?> constructor : type.getDeclaredConstructors()) {
            final Class<?>[] arguments = constructor.getParameterTypes();
            if (arguments.length == 1 && arguments[0] == NodeParametersInput.class) {
                return type.cast(ParameterGroup.create(constructor, new PortSpecs(inSpecs)));
            }
        }
        return type.cast(ParameterGroup.of(type).create());
    }
}
