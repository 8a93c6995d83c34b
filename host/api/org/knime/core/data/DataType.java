package org.knime.core.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.image.png.PNGImageCell;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.config.ConfigRO;
import org.knime.core.node.config.ConfigWO;

/**
 * The type of a column or cell: the values that its cells offer. Two types are equal if they offer the same values with
 * the same preferred one.
 */
public final class DataType {
    private static final String CELL_CLASS = "cell_class";
    private static final String HAS_PREFERRED_VALUE = "has_pref_value_class";
    private static final String VALUE_CLASSES = "value_classes";
    private static final Map<Class<?>, DataType> TYPES = new ConcurrentHashMap<>();
    private static final Map<Class<?>, String> NAMES = Map.of(
            IntCell.class, "Number (Integer)",
            LongCell.class, "Number (Long Integer)",
            DoubleCell.class, "Number (Float)",
            StringCell.class, "String",
            BooleanCell.class, "Boolean",
            PNGImageCell.class, "Image (PNG)");
    private static final Map<Class<?>, Function<String, DataCell>> FROM_TEXT = Map.of(
            IntCell.class, text -> new IntCell(Integer.parseInt(text)),
            LongCell.class, text -> new LongCell(Long.parseLong(text)),
            DoubleCell.class, text -> new DoubleCell(Double.parseDouble(text)),
            StringCell.class, StringCell::new,
            BooleanCell.class, text -> BooleanCell.get(Boolean.parseBoolean(text)));
    private static final List<Class<? extends DataCell>> CELL_CLASSES = List.of(
            IntCell.class,
            LongCell.class,
            DoubleCell.class,
            StringCell.class,
            BooleanCell.class,
            MissingCell.class,
            PNGImageCell.class);

    private final Class<? extends DataCell> cellClass;
    private final List<Class<? extends DataValue>> valueClasses;

    private DataType(
            final Class<? extends DataCell> cellClass, final Collection<Class<? extends DataValue>> valueClasses) {
        this.cellClass = cellClass;
        this.valueClasses = List.copyOf(valueClasses);
    }

    public static DataType getType(final Class<? extends DataCell> cellClass) {
        return TYPES.computeIfAbsent(cellClass, c -> new DataType(cellClass, valuesOf(cellClass)));
    }

    public static DataCell getMissingCell() {
        return MissingCell.INSTANCE;
    }

    /** The narrowest type that takes the cells of both; without a cell class if no cell has just the common values. */
    public static DataType getCommonSuperType(final DataType first, final DataType second) {
        if (first.isMissingValueType() || second.isASuperTypeOf(first)) {
            return second;
        }
        if (second.isMissingValueType() || first.isASuperTypeOf(second)) {
            return first;
        }
        final Set<Class<? extends DataValue>> common = new LinkedHashSet<>(first.valueClasses);
        common.retainAll(second.valueClasses);
        return new DataType(null, common);
    }

    /** The class of the cells; null for a type that several classes have in common. */
    public Class<? extends DataCell> getCellClass() {
        return cellClass;
    }

    /** What makes such cells; a {@link DataCellFactory.FromString} for numbers and text. */
    public Optional<DataCellFactory> getCellFactory(final ExecutionContext context) {
        return Optional.ofNullable(FROM_TEXT.get(cellClass)).map(FromText::new);
    }

    private final class FromText implements DataCellFactory.FromString {
        private final Function<String, DataCell> maker;

        FromText(final Function<String, DataCell> maker) {
            this.maker = maker;
        }

        @Override
        public DataType getDataType() {
            return DataType.this;
        }

        @Override
        public DataCell createCell(final String input) {
            return maker.apply(input);
        }
    }

    /** The first value that the cell class declares. */
    public Class<? extends DataValue> getPreferredValueClass() {
        return valueClasses.get(0);
    }

    /** Whether every cell of this type can be read as the value; true for the type of missing cells. */
    public boolean isCompatible(final Class<? extends DataValue> valueClass) {
        return isMissingValueType() || valueClasses.stream().anyMatch(valueClass::isAssignableFrom);
    }

    public boolean isMissingValueType() {
        return valueClasses.contains(MissingValue.class);
    }

    /** Whether a column of this type takes cells of the other. */
    public boolean isASuperTypeOf(final DataType other) {
        return equals(other) || valueClasses.stream().allMatch(other::isCompatible);
    }

    public String getName() {
        if (cellClass == null) {
            return getPreferredValueClass().getSimpleName();
        }
        return NAMES.getOrDefault(cellClass, cellClass.getSimpleName());
    }

    public void save(final ConfigWO config) {
        config.addString(CELL_CLASS, cellClass == null ? null : cellClass.getName());
        if (cellClass == null) {
            config.addBoolean(HAS_PREFERRED_VALUE, true);
            config.addStringArray(
                    VALUE_CLASSES, valueClasses.stream().map(Class::getName).toArray(String[]::new));
        }
    }

    public static DataType load(final ConfigRO config) throws InvalidSettingsException {
        final String name = config.getString(CELL_CLASS);
        if (name != null) {
            for (final Class<? extends DataCell> known : CELL_CLASSES) {
                if (known.getName().equals(name)) {
                    return getType(known);
                }
            }
            throw new InvalidSettingsException("Data cell implementation \"" + name + "\" not found.");
        }
        final List<Class<? extends DataValue>> values = new ArrayList<>();
        for (final String value : config.getStringArray(VALUE_CLASSES)) {
            values.add(valueClass(value));
        }
        return new DataType(null, values);
    }

    private static Class<? extends DataValue> valueClass(final String name) throws InvalidSettingsException {
        for (final Class<? extends DataCell> known : CELL_CLASSES) {
            for (final Class<? extends DataValue> value : getType(known).valueClasses) {
                if (value.getName().equals(name)) {
                    return value;
                }
            }
        }
        throw new InvalidSettingsException("Data value \"" + name + "\" not found.");
    }

    /** All values of the class, each followed by its supertypes, in the order of declaration. */
    private static Set<Class<? extends DataValue>> valuesOf(final Class<?> type) {
        final Set<Class<? extends DataValue>> values = new LinkedHashSet<>();
        for (final Class<?> parent : type.getInterfaces()) {
            if (DataValue.class.isAssignableFrom(parent)) {
                values.add(parent.asSubclass(DataValue.class));
            }
            values.addAll(valuesOf(parent));
        }
        if (type.getSuperclass() != null) {
            values.addAll(valuesOf(type.getSuperclass()));
        }
        return values;
    }

    @Override
    public boolean equals(final Object other) {
        return this == other
                || other instanceof DataType type
                        && getPreferredValueClass() == type.getPreferredValueClass()
                        && Set.copyOf(valueClasses).equals(Set.copyOf(type.valueClasses));
    }

    @Override
    public int hashCode() {
        return Set.copyOf(valueClasses).hashCode();
    }

    @Override
    public String toString() {
        return getName();
    }
}
