package org.gradienttape.nodes.metrictracker;

import java.util.List;
import org.gradienttape.analysis.AnalysisConfig;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.nodes.log.MetricsTable;
import org.gradienttape.nodes.table.LogColumns;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.After;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.layout.Section;
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
import org.knime.node.parameters.widget.choices.filter.TwinlistWidget;
import org.knime.node.parameters.widget.choices.util.CompatibleColumnsProvider.DoubleColumnsProvider;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MaxValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class MetricTrackerNodeParameters implements NodeParameters {
    private static final int SMALLEST_CHART = 200;
    private static final int LARGEST_CHART = 10_000;

    @Section(title = "Input")
    interface InputSection {}

    @Section(title = "Columns")
    @After(InputSection.class)
    interface ColumnsSection {}

    @Effect(predicate = IsLog.class, type = EffectType.SHOW)
    @Section(title = "Metrics")
    @After(ColumnsSection.class)
    interface MetricsSection {}

    @Section(title = "Runs and chart")
    @After(MetricsSection.class)
    interface ChartSection {}

    /** What the tables hold. The names of the constants stand in saved workflows. */
    enum Input {
        @Label(value = "Log", description = "Losses and metrics, one row per step or epoch.")
        LOG,
        @Label(value = "Predictions", description = "True and predicted classes or numbers, one row per sample.")
        PREDICTIONS
    }

    /** Which columns are followed. */
    enum ColumnChoice {
        @Label(
                value = "Losses and metrics",
                description =
                        "Every column of numbers whose name says loss, error, accuracy, precision, recall and so on.")
        LOSSES_AND_METRICS,
        @Label(value = "Chosen columns", description = "The columns chosen below, in the order of the list.")
        CHOSEN
    }

    /** How many rows a series gets in the metrics table. */
    enum Detail {
        @Label(value = "Whole log", description = "One row for the whole log.")
        WHOLE_LOG,
        @Label(value = "Each epoch", description = "One row for each epoch, and one for the whole log.")
        EACH_EPOCH
    }

    static final class InputReference implements ParameterReference<Input> {}

    static final class IsLog implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(InputReference.class).isOneOf(Input.LOG);
        }
    }

    static final class IsPredictions implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(InputReference.class).isOneOf(Input.PREDICTIONS);
        }
    }

    static final class ColumnChoiceReference implements ParameterReference<ColumnChoice> {}

    static final class IsChosen implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(InputReference.class)
                    .isOneOf(Input.LOG)
                    .and(i.getEnum(ColumnChoiceReference.class).isOneOf(ColumnChoice.CHOSEN));
        }
    }

    static final class HasSecondInput implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getConstant(input -> input.getInPortSpecs().length > 1);
        }
    }

    static final class NumberColumns extends DoubleColumnsProvider {}

    static final class AtLeastTwo extends MinValidation {
        @Override
        protected double getMin() {
            return 2;
        }
    }

    static final class AtLeastSmallest extends MinValidation {
        @Override
        protected double getMin() {
            return SMALLEST_CHART;
        }
    }

    static final class AtMostLargest extends MaxValidation {
        @Override
        protected double getMax() {
            return LARGEST_CHART;
        }
    }

    @Layout(InputSection.class)
    @Widget(title = "Input tables", description = "What the tables at the input ports hold.")
    @ValueReference(InputReference.class)
    @ValueSwitchWidget
    Input input = Input.LOG;

    @Layout(ColumnsSection.class)
    @Effect(predicate = IsPredictions.class, type = EffectType.SHOW)
    PredictionParameters predictions = new PredictionParameters();

    @Layout(ColumnsSection.class)
    @Widget(title = "Follow", description = "Which columns of the log are followed.")
    @ValueReference(ColumnChoiceReference.class)
    @ValueSwitchWidget
    @Effect(predicate = IsLog.class, type = EffectType.SHOW)
    ColumnChoice follow = ColumnChoice.LOSSES_AND_METRICS;

    @Layout(ColumnsSection.class)
    @Widget(title = "Columns", description = "The columns to follow. A second log must have them, too.")
    @ChoicesProvider(NumberColumns.class)
    @TwinlistWidget
    @Effect(predicate = IsChosen.class, type = EffectType.SHOW)
    String[] columns = {};

    @Layout(MetricsSection.class)
    @Widget(title = "Rows", description = "How many rows each column gets in the metrics table.")
    @ValueSwitchWidget
    Detail rows = Detail.WHOLE_LOG;

    @Layout(MetricsSection.class)
    @Widget(title = "Window", description = "How many of the last points the moving average and the trend look at.")
    @NumberInputWidget(minValidation = AtLeastTwo.class)
    int window = 5;

    @Layout(MetricsSection.class)
    @Widget(
            title = "Tolerance",
            description =
                    "The relative change that still counts as none: 0.01 is 1 %. Between improving and worsening lies"
                            + " the plateau.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    double tolerance = 0.01;

    @Layout(ChartSection.class)
    @Widget(
            title = "Name of the first run",
            description = "Appears in the column Run and, with a second run, in the legend.")
    String firstRun = "Run 1";

    @Layout(ChartSection.class)
    @Widget(title = "Name of the second run", description = "The same for the second log, if one is connected.")
    @Effect(predicate = HasSecondInput.class, type = EffectType.SHOW)
    String secondRun = "Run 2";

    @Layout(ChartSection.class)
    @Widget(title = "Chart title", description = "Stands above the chart; may be empty.")
    String chartTitle = "";

    @Layout(ChartSection.class)
    @Widget(title = "Chart width", description = "In pixels, 200 to 10,000.")
    @NumberInputWidget(minValidation = AtLeastSmallest.class, maxValidation = AtMostLargest.class)
    @Advanced
    int chartWidth = 800;

    @Layout(ChartSection.class)
    @Widget(title = "Chart height", description = "In pixels, 200 to 10,000.")
    @NumberInputWidget(minValidation = AtLeastSmallest.class, maxValidation = AtMostLargest.class)
    @Advanced
    int chartHeight = 500;

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(this::analysisConfig);
        EngineCall.configuring(predictions::checked);
        EngineCall.configuring(() -> chartSize("width", chartWidth));
        EngineCall.configuring(() -> chartSize("height", chartHeight));
    }

    boolean isLog() {
        return input == Input.LOG;
    }

    AnalysisConfig analysisConfig() {
        return new AnalysisConfig(window, tolerance);
    }

    MetricsTable.Detail detail() {
        return MetricsTable.Detail.valueOf(rows.name());
    }

    /** The columns of a log table with these columns that are followed. */
    List<String> columnsOf(final DataTableSpec spec) {
        return switch (follow) {
            case LOSSES_AND_METRICS -> LogColumns.lossesAndMetrics(spec);
            case CHOSEN -> LogColumns.chosen(spec, List.of(columns));
        };
    }

    private static int chartSize(final String side, final int pixels) {
        if (pixels < SMALLEST_CHART || pixels > LARGEST_CHART) {
            throw new InvalidInputException("The " + side + " of the chart must be from " + SMALLEST_CHART + " to "
                    + LARGEST_CHART + " pixels, but it is " + pixels + ".");
        }
        return pixels;
    }
}
