package org.gradienttape.nodes.datasetreader;

import java.util.List;
import org.gradienttape.data.csv.ColumnChoice;
import org.gradienttape.data.csv.CsvFile;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** Which columns of a CSV file make up a sample. A dialog cannot offer them, since nobody has looked at the file yet. */
@LoadDefaultsForAbsentFields
final class CsvFeatureParameters implements NodeParameters {
    static final String COLUMNS = " Columns are called by their names, or by their numbers from 1, with commas between"
            + " them; a name that holds a comma goes between double quotes.";

    /** The names of the constants stand in saved workflows. */
    enum Choice {
        @Label(value = "All columns", description = "All columns but those of target and weight.")
        ALL,
        @Label(value = "All but some", description = "The same without those that are listed.")
        ALL_BUT,
        @Label(value = "Some", description = "Those that are listed.")
        ONLY;

        static final class Reference implements ParameterReference<Choice> {}
    }

    static final class AreListed implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(Source.IsCsv.class)
                    .and(i.getEnum(Choice.Reference.class).isOneOf(Choice.ALL_BUT, Choice.ONLY));
        }
    }

    @Widget(
            title = "Feature columns",
            description = "The columns that make up a sample. The columns of target and weight are never among them.")
    @ValueReference(Choice.Reference.class)
    @ValueSwitchWidget
    @Effect(predicate = Source.IsCsv.class, type = EffectType.SHOW)
    Choice choice = Choice.ALL;

    @Widget(title = "Listed columns", description = "The columns to take, or to leave out." + COLUMNS)
    @TextInputWidget(placeholder = "age, 3, \"height, cm\"")
    @Effect(predicate = AreListed.class, type = EffectType.SHOW)
    String columns = "";

    @Widget(
            title = "Text columns",
            description = "A column holds numbers if all its cells do that are not missing, and text otherwise. The"
                    + " columns that are listed here hold text even so, as postal codes do." + COLUMNS)
    @TextInputWidget(placeholder = "none beside those that hold other text than numbers")
    @Effect(predicate = CsvSamples.AreColumns.class, type = EffectType.SHOW)
    String textColumns = "";

    ColumnChoice toConfig(final CsvFile file) {
        return switch (choice) {
            case ALL -> new ColumnChoice.AllBut(List.of());
            case ALL_BUT -> new ColumnChoice.AllBut(file.columnNames(columns));
            case ONLY -> new ColumnChoice.Only(file.columnNames(columns));
        };
    }
}
