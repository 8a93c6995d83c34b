package org.gradienttape.host.workflow;

import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * A named value that travels along the connections of a workflow and may replace settings of the nodes that it meets.
 *
 * @param value a String, Integer, Double, Long or Boolean, as the type says
 */
public record FlowVariable(String name, VariableType type, Object value) {

    public FlowVariable {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("A flow variable needs a name.");
        }
        if (value == null) {
            throw new IllegalArgumentException("The flow variable " + name + " has no value.");
        }
    }

    /** Reads the entries name, class and value, as KNIME writes them. */
    public static FlowVariable load(final NodeSettingsRO settings) throws InvalidSettingsException {
        final String name = settings.getString("name");
        final String word = settings.getString("class");
        final VariableType type = VariableType.named(word)
                .orElseThrow(() -> new InvalidSettingsException("The flow variable " + name + " has the unknown type \""
                        + word + "\"; it must be one of STRING, INTEGER, DOUBLE, LONG and BOOLEAN."));
        final Object value = type.settingType().read(settings, "value");
        if (name == null || name.isBlank() || value == null) {
            throw new InvalidSettingsException("A flow variable has no name or no value.");
        }
        return new FlowVariable(name, type, value);
    }

    /** Writes the entries name, class and value, as KNIME does. */
    public void save(final NodeSettingsWO settings) {
        settings.addString("name", name);
        settings.addString("class", type.name());
        type.settingType().write(settings, "value", value);
    }

    /**
     * Returns the value in the form that an entry of the given type takes; the conversions are KNIME's.
     *
     * @throws InvalidSettingsException if the variable's type does not fit, or its value lies out of range
     */
    Object as(final SettingType target) throws InvalidSettingsException {
        return switch (target) {
            case STRING -> value.toString();
            case BOOLEAN -> asBoolean();
            case CHAR -> asChar();
            case INT ->
                integral(VariableType.INTEGER, Integer.MIN_VALUE, Integer.MAX_VALUE, target)
                        .intValue();
            case SHORT ->
                integral(VariableType.INTEGER, Short.MIN_VALUE, Short.MAX_VALUE, target)
                        .shortValue();
            case BYTE ->
                integral(VariableType.INTEGER, Byte.MIN_VALUE, Byte.MAX_VALUE, target)
                        .byteValue();
            case LONG ->
                integral(VariableType.LONG, Long.MIN_VALUE, Long.MAX_VALUE, target)
                        .longValue();
            case FLOAT -> number(target).floatValue();
            case DOUBLE -> number(target).doubleValue();
        };
    }

    private Object asBoolean() throws InvalidSettingsException {
        if (value instanceof Boolean) {
            return value;
        }
        if ("true".equals(value) || "false".equals(value)) {
            return Boolean.valueOf((String) value);
        }
        throw unfit(SettingType.BOOLEAN);
    }

    private Object asChar() throws InvalidSettingsException {
        if (value instanceof String text && text.length() == 1) {
            return text.charAt(0);
        }
        throw unfit(SettingType.CHAR);
    }

    private Number integral(final VariableType widest, final long min, final long max, final SettingType target)
            throws InvalidSettingsException {
        if (type == VariableType.INTEGER || type == widest) {
            final long number = ((Number) value).longValue();
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw unfit(target);
    }

    private Number number(final SettingType target) throws InvalidSettingsException {
        if (value instanceof Number number) {
            return number;
        }
        throw unfit(target);
    }

    private InvalidSettingsException unfit(final SettingType target) {
        return new InvalidSettingsException("The flow variable " + name + " holds " + value + " (" + type
                + "), but the setting needs " + target.example() + " (" + target.word() + ").");
    }
}
