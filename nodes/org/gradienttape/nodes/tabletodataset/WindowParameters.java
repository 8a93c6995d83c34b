package org.gradienttape.nodes.tabletodataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.Windows;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.BelowOne;
import org.gradienttape.nodes.WhenChecked;
import org.gradienttape.nodes.table.InputColumns;
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
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** How rows that follow one another in time become samples. The names of the constants stand in saved workflows. */
@LoadDefaultsForAbsentFields
final class WindowParameters implements NodeParameters {
    /** What happens where rows are not evenly spaced. */
    enum Gaps {
        @Label(value = "Keep", description = "Windows reach over gaps, and a warning counts them.")
        KEEP,
        @Label(value = "Refuse", description = "The node fails and names the first gap.")
        REFUSE
    }

    /** Which rows are kept away from training. */
    enum LastPart {
        @Label(value = "Fraction", description = "The last part in time.")
        FRACTION,
        @Label(value = "Rows", description = "The last rows in time.")
        ROWS,
        @Label(value = "None", description = "All rows are for training.")
        NONE
    }

    static final class LastPartReference implements ParameterReference<LastPart> {}

    static final class IsFraction implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LastPartReference.class).isOneOf(LastPart.FRACTION);
        }
    }

    static final class IsRows implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(LastPartReference.class).isOneOf(LastPart.ROWS);
        }
    }

    static final class IsGrouped extends WhenChecked {
        static final class Reference implements ParameterReference<Boolean> {}

        IsGrouped() {
            super(Reference.class);
        }
    }

    @Widget(title = "Order column", description = """
                    The column that says when a row was: numbers, dates, times, or text such as 2020-01-31,
                    2020-01-31T12:30, 2020-01 or 12:30. The rows may come in any order, but no time may be missing or
                    come twice in a group. It is never a feature.""")
    @ChoicesProvider(InputColumns.NumbersAndText.class)
    String orderColumn = "";

    @Widget(
            title = "Several series",
            description =
                    "A column says which rows belong to one series, so that no window reaches from one into another.")
    @ValueReference(IsGrouped.Reference.class)
    boolean grouped;

    @Widget(
            title = "Group column",
            description = "The column that tells series apart, such as that of the shop. It is never a feature.")
    @ChoicesProvider(InputColumns.NumbersAndText.class)
    @Effect(predicate = IsGrouped.class, type = EffectType.SHOW)
    String groupColumn = "";

    @Widget(title = "Length", description = "How many rows a window has. A sample has the shape [length, features].")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int length = 12;

    @Widget(title = "Horizon", description = """
                    How many rows behind the last row of the window the row is that is predicted: 1 is the next one. The
                    target columns may be features then, since they are known of the rows of the window. At 0 it is the
                    last row itself, and its target is no feature.""")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int horizon = 1;

    @Widget(title = "Gaps", description = """
                    What happens where rows are not evenly spaced in time; months and years count as even. A model refuses
                    what its training data refused.""")
    @ValueSwitchWidget
    Gaps gaps = Gaps.KEEP;

    @Widget(title = "Held-out part in time", description = """
                    Which rows are kept away from training: all from a moment on, of all groups. No window reaches over
                    that moment. If a validation table is connected, its rows are the held-out data, and this says
                    nothing.""")
    @ValueReference(LastPartReference.class)
    @ValueSwitchWidget
    LastPart lastPart = LastPart.FRACTION;

    @Widget(title = "Last fraction", description = "The part of the rows that is held out, above 0 and below 1.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class, maxValidation = BelowOne.class)
    @Effect(predicate = IsFraction.class, type = EffectType.SHOW)
    double fraction = 0.2;

    @Widget(
            title = "Number of rows",
            description = "How many rows are held out; a few more, if rows of other groups are of the same time.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsRows.class, type = EffectType.SHOW)
    int rows = 100;

    HeldOut heldOut() {
        return switch (lastPart) {
            case FRACTION -> new HeldOut.LastFraction(fraction);
            case ROWS -> new HeldOut.LastSamples(rows);
            case NONE -> new HeldOut.None();
        };
    }

    /** The columns that are never features. */
    List<String> columnNames() {
        final List<String> names = new ArrayList<>(List.of(orderColumn));
        if (grouped) {
            names.add(groupColumn);
        }
        return names;
    }

    /**
     * What the engine is asked for.
     *
     * @param isAhead whether a row behind the window is predicted; an autoencoder gives back the window itself
     * @param table its name, in the middle of a sentence
     * @throws InvalidInputException if a column is not chosen or not there
     */
    Windows toConfig(final DataTableSpec spec, final boolean isAhead, final String table) {
        if (orderColumn.isBlank()) {
            throw new InvalidInputException("No order column is chosen; choose the column that says when a row was.");
        }
        if (grouped && groupColumn.isBlank()) {
            throw new InvalidInputException("No group column is chosen; choose one, or switch several series off.");
        }
        return new Windows(
                column(spec, orderColumn, table),
                grouped ? Optional.of(column(spec, groupColumn, table)) : Optional.empty(),
                length,
                isAhead ? horizon : 0,
                gaps == Gaps.REFUSE);
    }

    private static Column column(final DataTableSpec spec, final String name, final String table) {
        return new Column(name, InputColumns.find(spec, name, table));
    }
}
