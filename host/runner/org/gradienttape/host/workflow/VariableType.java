package org.gradienttape.host.workflow;

import java.util.Optional;

/** The types of flow variables; a constant's name is what workflow files call it. */
public enum VariableType {
    STRING(SettingType.STRING),
    INTEGER(SettingType.INT),
    DOUBLE(SettingType.DOUBLE),
    LONG(SettingType.LONG),
    BOOLEAN(SettingType.BOOLEAN);

    private final SettingType settingType;

    VariableType(final SettingType settingType) {
        this.settingType = settingType;
    }

    /** Returns the type of the settings entry that holds a value of this type. */
    public SettingType settingType() {
        return settingType;
    }

    /** Returns the type with this name in a workflow file. */
    public static Optional<VariableType> named(final String name) {
        for (final VariableType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Returns the type of a variable that is made of an entry of the given type. */
    static VariableType holding(final SettingType entry) {
        return switch (entry) {
            case STRING, CHAR -> STRING;
            case INT, SHORT, BYTE -> INTEGER;
            case DOUBLE, FLOAT -> DOUBLE;
            case LONG -> LONG;
            case BOOLEAN -> BOOLEAN;
        };
    }
}
