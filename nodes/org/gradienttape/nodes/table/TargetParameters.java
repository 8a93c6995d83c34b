package org.gradienttape.nodes.table;

import java.util.List;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.data.table.TableRequest.Goal;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.data.DataTableSpec;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.filter.TwinlistWidget;

/** What there is to learn about the rows of a table. */
@LoadDefaultsForAbsentFields
public final class TargetParameters implements NodeParameters {
    /** The names of the constants stand in saved workflows. */
    public enum What {
        @Label(
                value = "Automatic",
                description =
                        "One column: if it is of text, or of true and false, it holds classes; if it is of numbers,"
                                + " numbers to predict.")
        AUTOMATIC,
        @Label(value = "Classes", description = "The texts of a column, or its numbers, are the names of classes.")
        CLASSES,
        @Label(value = "Numbers", description = "One or several columns of numbers, which are learned together.")
        NUMBERS,
        @Label(
                value = "The samples themselves",
                description = "For an autoencoder, which learns to give back what it gets.")
        FEATURES,
        @Label(value = "Nothing", description = "The rows are only to be predicted.")
        NONE;

        public static final class Reference implements ParameterReference<What> {}

        public static final class IsOneColumn implements EffectPredicateProvider {
            @Override
            public EffectPredicate init(final PredicateInitializer i) {
                return i.getEnum(Reference.class).isOneOf(AUTOMATIC, CLASSES);
            }
        }

        public static final class IsNumbers implements EffectPredicateProvider {
            @Override
            public EffectPredicate init(final PredicateInitializer i) {
                return i.getEnum(Reference.class).isOneOf(NUMBERS);
            }
        }

        public static final class MayBeNumbers implements EffectPredicateProvider {
            @Override
            public EffectPredicate init(final PredicateInitializer i) {
                return i.getEnum(Reference.class).isOneOf(AUTOMATIC, NUMBERS);
            }
        }
    }

    @Widget(title = "Target", description = "What there is to learn. Rows without a target are left out.")
    @ValueReference(What.Reference.class)
    @RadioButtonsWidget
    public What what = What.AUTOMATIC;

    @Widget(title = "Target column", description = "The column to learn. It is never a feature.")
    @ChoicesProvider(InputColumns.NumbersAndText.class)
    @Effect(predicate = What.IsOneColumn.class, type = EffectType.SHOW)
    public String column = "";

    @Widget(title = "Target columns", description = "The columns of numbers to learn. They are never features.")
    @ChoicesProvider(InputColumns.Numbers.class)
    @TwinlistWidget
    @Effect(predicate = What.IsNumbers.class, type = EffectType.SHOW)
    public String[] columns = {};

    @Widget(title = "Standardize target numbers", description = """
                    The network learns the numbers less their mean, divided by their standard deviation, both of the
                    training data. A model keeps them: its metrics and predictions are in the numbers' own units.""")
    @Effect(predicate = What.MayBeNumbers.class, type = EffectType.SHOW)
    public boolean standardize = true;

    /** The names of the columns to learn. */
    public List<String> columnNames() {
        return switch (what) {
            case AUTOMATIC, CLASSES -> List.of(column);
            case NUMBERS -> List.of(columns);
            case FEATURES, NONE -> List.of();
        };
    }

    /**
     * What the engine is to learn.
     *
     * @param table its name, in the middle of a sentence
     * @throws InvalidInputException if no column is chosen, or one is not there or of another type
     */
    public Goal goal(final DataTableSpec spec, final String table) {
        if (columnNames().isEmpty() && what == What.NUMBERS
                || columnNames().stream().anyMatch(String::isBlank)) {
            throw new InvalidInputException("No target column is chosen; choose the column to learn.");
        }
        return switch (what) {
            case AUTOMATIC ->
                InputColumns.holdsClasses(spec, column, table) ? new Goal.Classes(column) : numbers(List.of(column));
            case CLASSES -> {
                InputColumns.find(spec, column, table);
                yield new Goal.Classes(column);
            }
            case NUMBERS -> {
                for (final String name : columns) {
                    InputColumns.check(spec, new Column(name, Kind.NUMBER), table);
                }
                yield numbers(List.of(columns));
            }
            case FEATURES -> new Goal.Features();
            case NONE -> new Goal.None();
        };
    }

    private Goal numbers(final List<String> names) {
        return new Goal.Numbers(names, standardize);
    }
}
