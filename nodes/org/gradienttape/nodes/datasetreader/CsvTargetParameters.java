package org.gradienttape.nodes.datasetreader;

import java.util.List;
import java.util.Optional;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.table.TargetParameters.What;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** What there is to learn about the rows of a CSV file. */
@LoadDefaultsForAbsentFields
final class CsvTargetParameters implements NodeParameters {
    /** A column of classes, or of either. */
    static final class IsOneColumn implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(CsvSamples.ArePixels.class)
                    .or(i.getPredicate(CsvSamples.AreColumns.class).and(i.getPredicate(What.IsOneColumn.class)));
        }
    }

    static final class IsNumbers implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(CsvSamples.AreColumns.class).and(i.getPredicate(What.IsNumbers.class));
        }
    }

    static final class MayBeNumbers implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(CsvSamples.AreColumns.class).and(i.getPredicate(What.MayBeNumbers.class));
        }
    }

    @Widget(title = "Target", description = "What there is to learn. Rows without a target are left out.")
    @ValueReference(What.Reference.class)
    @RadioButtonsWidget
    @Effect(predicate = CsvSamples.AreColumns.class, type = EffectType.SHOW)
    What what = What.AUTOMATIC;

    @Widget(title = "Target column", description = """
                    The name of the column to learn, or its number from 1. If it is empty, it is the column that is named
                    <i>label</i>, <i>class</i> or <i>target</i>, or else the last one. Of an image it holds the class. Classes
                    that are whole numbers are in the order of numbers, all others in the order of texts; real numbers such as
                    0.5 name no classes.""")
    @TextInputWidget(placeholder = "label, class, target or the last column")
    @Effect(predicate = IsOneColumn.class, type = EffectType.SHOW)
    String column = "";

    @Widget(title = "Target columns", description = "The columns of numbers to learn." + CsvFeatureParameters.COLUMNS)
    @TextInputWidget(placeholder = "price, 5")
    @Effect(predicate = IsNumbers.class, type = EffectType.SHOW)
    String columns = "";

    @Widget(title = "Standardize target numbers", description = """
                    The network learns the numbers less their mean, divided by their standard deviation, both of the
                    training data. A model keeps them: its metrics and predictions are in the numbers' own units.""")
    @Effect(predicate = MayBeNumbers.class, type = EffectType.SHOW)
    boolean standardize = true;

    @Widget(title = "Weight column", description = """
                    The name, or the number from 1, of a column that says how much each row counts in training and metrics:
                    numbers of at least 0. If it is empty, all rows count alike.""")
    @TextInputWidget(placeholder = "none")
    @Effect(predicate = CsvSamples.AreColumns.class, type = EffectType.SHOW)
    String weightColumn = "";

    /** The names of the columns to learn. */
    List<String> columnNames(final CsvFile file) {
        return switch (what) {
            case AUTOMATIC, CLASSES -> List.of(columnName(file));
            case NUMBERS -> {
                if (columns.isBlank()) {
                    throw new InvalidInputException("No target column is chosen; choose the columns to learn.");
                }
                yield file.columnNames(columns);
            }
            case FEATURES, NONE -> List.of();
        };
    }

    /** The one that is chosen, or else the usual one. */
    String columnName(final CsvFile file) {
        return column.isBlank() ? file.usualTarget() : file.columnName(column);
    }

    Optional<String> weightName(final CsvFile file) {
        return weightColumn.isBlank() ? Optional.empty() : Optional.of(file.columnName(weightColumn));
    }
}
