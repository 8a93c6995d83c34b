package org.gradienttape.nodes.datasetreader;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.table.TableRows;
import org.knime.core.data.DataColumnSpec;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataValue;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.LongValue;
import org.knime.core.data.StringValue;
import org.knime.core.data.image.png.PNGImageValue;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.LoadDefaultsForAbsentFields;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.EffectPredicate;
import org.knime.node.parameters.updates.EffectPredicateProvider;
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.ColumnChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.filter.TwinlistWidget;

/** The columns of the input table. */
@LoadDefaultsForAbsentFields
final class TableParameters implements NodeParameters {
    /** What labels become; ends a description. */
    static final String CLASSES =
            " The labels that occur are the classes: whole numbers in the order of numbers, all others in the order of"
                    + " texts. Real numbers such as 0.5 are refused.";

    /** What the samples are made of. */
    enum Features {
        @Label(value = "All columns of numbers", description = "Every column of numbers but the label column.")
        ALL_NUMBERS,
        @Label(value = "Chosen columns of numbers", description = "The columns chosen below, in the order of the list.")
        CHOSEN_NUMBERS,
        @Label(value = "Images", description = "One column of PNG images.")
        IMAGES
    }

    /** The columns of the input table that fit; none while the node has no input port. */
    abstract static class FittingColumns implements ColumnChoicesProvider {
        private final List<Class<? extends DataValue>> values;

        FittingColumns(final List<Class<? extends DataValue>> values) {
            this.values = values;
        }

        @Override
        public List<DataColumnSpec> columnChoices(final NodeParametersInput input) {
            return Stream.of(input.getInTableSpecs())
                    .filter(Objects::nonNull)
                    .flatMap(DataTableSpec::stream)
                    .filter(column -> values.stream().anyMatch(column.getType()::isCompatible))
                    .toList();
        }
    }

    static final class LabelColumns extends FittingColumns {
        LabelColumns() {
            super(List.of(StringValue.class, LongValue.class));
        }
    }

    static final class NumberColumns extends FittingColumns {
        NumberColumns() {
            super(List.of(DoubleValue.class));
        }
    }

    static final class ImageColumns extends FittingColumns {
        ImageColumns() {
            super(List.of(PNGImageValue.class));
        }
    }

    static final class FeaturesReference implements ParameterReference<Features> {}

    static final class IsChosen implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FeaturesReference.class).isOneOf(Features.CHOSEN_NUMBERS);
        }
    }

    static final class IsImages implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FeaturesReference.class).isOneOf(Features.IMAGES);
        }
    }

    @Widget(title = "Label column of the table", description = "The column with the classes." + CLASSES)
    @ChoicesProvider(LabelColumns.class)
    String labelColumn = "";

    @Widget(title = "Samples", description = "Which columns of the table make up a sample.")
    @ValueReference(FeaturesReference.class)
    @RadioButtonsWidget
    Features features = Features.ALL_NUMBERS;

    @Widget(title = "Columns of numbers", description = "The columns whose numbers make up a sample.")
    @ChoicesProvider(NumberColumns.class)
    @TwinlistWidget
    @Effect(predicate = IsChosen.class, type = EffectType.SHOW)
    String[] numberColumns = {};

    @Widget(
            title = "Image column",
            description = "The column with the image of each sample. If it is empty, it is the first column of images.")
    @ChoicesProvider(ImageColumns.class)
    @Effect(predicate = IsImages.class, type = EffectType.SHOW)
    String imageColumn = "";

    TableRows.Choice toConfig() {
        return switch (features) {
            case ALL_NUMBERS -> new TableRows.Choice(labelColumn, Optional.empty(), List.of());
            case CHOSEN_NUMBERS -> new TableRows.Choice(labelColumn, Optional.empty(), chosen());
            case IMAGES -> new TableRows.Choice(labelColumn, Optional.of(imageColumn), List.of());
        };
    }

    private List<String> chosen() {
        if (numberColumns.length == 0) {
            throw new InvalidInputException("No column of numbers is chosen for the samples; choose at least one.");
        }
        return List.of(numberColumns);
    }
}
