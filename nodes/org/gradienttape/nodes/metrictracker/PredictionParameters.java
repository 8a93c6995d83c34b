package org.gradienttape.nodes.metrictracker;

import java.util.List;
import java.util.stream.Stream;
import org.gradienttape.analysis.Scoring;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.BelowOne;
import org.gradienttape.nodes.prediction.PredictionColumns;
import org.gradienttape.nodes.prediction.PredictionReader;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DoubleValue;
import org.knime.core.data.StringValue;
import org.knime.node.parameters.Advanced;
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
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** How a table of predictions is scored. */
@LoadDefaultsForAbsentFields
final class PredictionParameters implements NodeParameters {
    /** What was predicted. */
    enum Predicted {
        @Label(
                value = "Classes",
                description = "Accuracy, top-k accuracy, precision, recall, F1, AUC, errors and the confusion matrix.")
        CLASSES,
        @Label(
                value = "Numbers",
                description = "R², mean absolute, mean squared and root mean squared error, mean signed difference and"
                        + " mean absolute percentage error.")
        NUMBERS
    }

    static final class PredictedReference implements ParameterReference<Predicted> {}

    static final class IsClasses implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(PredictedReference.class).isOneOf(Predicted.CLASSES);
        }
    }

    static final class PlainColumns extends CompatibleColumnsProvider {
        PlainColumns() {
            super(List.of(StringValue.class, DoubleValue.class));
        }
    }

    /** The columns, after the choice of none, which is stored as an empty text. */
    static final class NoneOrPlainColumns implements StringChoicesProvider {
        @Override
        public List<StringChoice> computeState(final NodeParametersInput input) {
            final Stream<StringChoice> columns = new PlainColumns()
                    .columnChoices(input).stream().map(column -> StringChoice.fromId(column.getName()));
            return Stream.concat(Stream.of(new StringChoice("", "None")), columns)
                    .toList();
        }
    }

    @Widget(title = "Prediction type", description = "What the model has predicted.")
    @ValueReference(PredictedReference.class)
    @ValueSwitchWidget
    Predicted predicted = Predicted.CLASSES;

    @Widget(title = "Target column", description = """
                    The true classes or numbers. The probabilities of the classes are found by this name: in columns such as
                    <i>P (Label=cat)</i>, which KNIME's predictors and the Model Predictor write.""")
    @ChoicesProvider(PlainColumns.class)
    String targetColumn = "Label";

    @Widget(
            title = "Prediction column",
            description = "The predicted classes or numbers. KNIME's predictors call it <i>Prediction (target)</i>.")
    @ChoicesProvider(PlainColumns.class)
    String predictedColumn = "Predicted class";

    @Widget(
            title = "Group column",
            description =
                    "Rows with the same value, which must stand together, are scored on their own, for example each"
                            + " epoch. <i>None</i> makes no groups.")
    @ChoicesProvider(NoneOrPlainColumns.class)
    String groupColumn = "";

    @Widget(title = "Positive class", description = """
                    The class that precision, recall, F1, AUC and the errors are about. Left empty, the probabilities of all
                    classes are counted together, as Keras does, and F1 is the mean over the classes that
                    occur.""")
    @Effect(predicate = IsClasses.class, type = EffectType.SHOW)
    String positiveClass = "";

    @Widget(
            title = "Top k",
            description = "Among how many of the most probable classes the true one must be. Left out unless"
                    + " there are more classes.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = IsClasses.class, type = EffectType.SHOW)
    int topK = 5;

    @Widget(title = "Confidence level", description = "Of the intervals, above 0 and below 1.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class, maxValidation = BelowOne.class)
    @Advanced
    double confidence = 0.95;

    /** Checks the numbers. */
    Scoring checked() {
        return scoring(List.of(), Scoring.Evidence.CLASSES, Scoring.ALL_CLASSES);
    }

    /** @throws InvalidInputException if a column is not there or does not fit */
    PredictionColumns columnsOf(final DataTableSpec spec) {
        final PredictionColumns columns = new PredictionColumns(targetColumn, predictedColumn, groupColumn);
        return switch (predicted) {
            case CLASSES -> columns.checkedForClasses(spec);
            case NUMBERS -> columns.checkedForNumbers(spec);
        };
    }

    /** @throws InvalidInputException if the positive class is not among these */
    Scoring scoring(final List<String> classes, final Scoring.Evidence evidence) {
        return scoring(
                classes,
                evidence,
                positiveClass.isBlank() ? Scoring.ALL_CLASSES : PredictionReader.place(positiveClass.strip(), classes));
    }

    private Scoring scoring(final List<String> classes, final Scoring.Evidence evidence, final int positive) {
        return new Scoring(classes, evidence, positive, topK, confidence);
    }
}
