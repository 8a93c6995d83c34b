package org.gradienttape.nodes.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.data.ClassWeights;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.table.ExpectedRows;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.data.table.TableRequest.Goal;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.learner.LearnerConfig;
import org.gradienttape.nodes.BelowOne;
import org.gradienttape.nodes.ComputeDevice;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.nodes.WhenChecked;
import org.gradienttape.nodes.table.EncodingParameters;
import org.gradienttape.nodes.table.InputColumns;
import org.gradienttape.nodes.table.InputTable;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Execution;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
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
import org.knime.node.parameters.updates.ParameterReference;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.filter.ColumnFilterWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class NeuralNetworkLearnerNodeParameters implements NodeParameters {
    static final String TABLE = "the table";
    static final String VALIDATION = "the validation table";

    @Section(title = "Columns")
    interface ColumnsSection {}

    @Section(title = "Network")
    @After(ColumnsSection.class)
    interface NetworkSection {}

    @Section(title = "Training")
    @After(NetworkSection.class)
    interface TrainingSection {}

    @Advanced
    @Section(title = "Execution")
    @After(TrainingSection.class)
    interface ExecutionSection {}

    /** How much the classes count. The names of the constants stand in saved workflows. */
    enum Weighting {
        @Label(value = "None", description = "All classes count alike.")
        NONE,
        @Label(
                value = "Balanced",
                description = "Rare classes count more: rows / (classes * rows of the class), as in scikit-learn.")
        BALANCED
    }

    static final class IsWeighted extends WhenChecked {
        static final class Reference implements ParameterReference<Boolean> {}

        IsWeighted() {
            super(Reference.class);
        }
    }

    @Layout(ColumnsSection.class)
    @Widget(
            title = "Target column",
            description =
                    "The column to learn: a column of text, or of true and false, holds classes, one of numbers holds"
                            + " numbers to predict."
                            + " Rows without a target are left out.")
    @ChoicesProvider(InputColumns.NumbersAndText.class)
    String targetColumn = "";

    @Layout(ColumnsSection.class)
    @Widget(title = "Feature columns", description = """
                    The columns to learn from. The columns of target and weight are never among them. At first all columns of
                    numbers and text are chosen; any other ones are left out.""")
    @ColumnFilterWidget(choicesProvider = InputColumns.NumbersAndText.class)
    ColumnFilter features = new ColumnFilter().withIncludeUnknownColumns();

    @Layout(ColumnsSection.class)
    @Widget(
            title = "Rows have weights",
            description =
                    "A column says how much each row counts in training and metrics; without it all rows count alike.")
    @ValueReference(IsWeighted.Reference.class)
    @Advanced
    boolean weighted;

    @Layout(ColumnsSection.class)
    @Widget(title = "Weight column", description = "The column with the weights: numbers of at least 0.")
    @ChoicesProvider(InputColumns.Numbers.class)
    @Effect(predicate = IsWeighted.class, type = EffectType.SHOW)
    @Advanced
    String weightColumn = "";

    @Layout(ColumnsSection.class)
    EncodingParameters encoding = forgiving();

    @Layout(NetworkSection.class)
    @Widget(
            title = "Hidden layers",
            description =
                    "The units of each hidden layer with commas between them, such as 64, 64. None for a linear model."
                            + " Each has the activation ReLU.")
    String hiddenLayers = "64, 64";

    @Layout(NetworkSection.class)
    @Widget(
            title = "Dropout",
            description = "The share of each hidden layer's outputs that is set to 0 in training, from 0 to below 1; it"
                    + " keeps a large network from learning the rows by heart.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class, maxValidation = BelowOne.class)
    double dropout;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Held-out part",
            description =
                    "The share of the rows that the network does not learn from, above 0 and below 1; the same share of"
                            + " each class, at random. After each epoch the loss is measured on them, and the model is that of the best"
                            + " epoch. If a validation table is connected, its rows are used instead.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class, maxValidation = BelowOne.class)
    double heldOut = 0.2;

    @Layout(TrainingSection.class)
    @Widget(title = "Train again on all rows", description = """
                    When the best number of epochs is known, a new network is trained for as many epochs on all rows, so that
                    the model has learned from the held-out ones, too (Goodfellow, Bengio and Courville, Deep Learning,
                    algorithm 7.2). It takes up to as long once more. The logs are those of the first network: nothing is left
                    to measure the second one on. The rows of a validation table are never learned from.""")
    boolean trainAgain = true;

    @Layout(TrainingSection.class)
    @Widget(title = "Most epochs", description = "How often the network sees each row at most.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int epochs = LearnerConfig.DEFAULT.epochs();

    @Layout(TrainingSection.class)
    @Widget(
            title = "Patience",
            description = "Training ends after so many epochs without a smaller loss on the held-out rows.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    int patience = LearnerConfig.DEFAULT.patience();

    @Layout(TrainingSection.class)
    @Widget(title = "Batch size", description = "How many rows the network learns from at once.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int batchSize = LearnerConfig.DEFAULT.batchSize();

    @Layout(TrainingSection.class)
    @Widget(title = "Learning rate", description = "The step size of the optimizer Adam, above 0.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class)
    double learningRate = LearnerConfig.DEFAULT.learningRate();

    @Layout(TrainingSection.class)
    @Widget(
            title = "Class weights",
            description = "How much each class counts while the network learns; metrics count all alike.")
    @ValueSwitchWidget
    Weighting classWeights = Weighting.NONE;

    @Layout(TrainingSection.class)
    @Widget(
            title = "Seed",
            description =
                    "Starts the draw of the held-out rows, the first weights, the shuffling and Dropout; the same seed"
                            + " gives the same model on the same machine.")
    long seed;

    @Layout(ExecutionSection.class)
    @Widget(title = "Device", description = "Where the work is done.")
    @ValueSwitchWidget
    ComputeDevice device = ComputeDevice.AUTOMATIC;

    @Layout(ExecutionSection.class)
    @Widget(
            title = "Threads",
            description = "How many threads the CPU may use within one operation; small networks use one.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    int threads = 1;

    /** What a table that nobody has looked at needs. */
    private static EncodingParameters forgiving() {
        final EncodingParameters encoding = new EncodingParameters();
        encoding.missing = EncodingParameters.Missing.FILL;
        return encoding;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(this::config);
        EngineCall.configuring(() -> new HeldOut.StratifiedFraction(heldOut, seed));
        EngineCall.configuring(this::compute);
    }

    LearnerConfig config() {
        return new LearnerConfig(
                hidden(),
                dropout,
                learningRate,
                batchSize,
                epochs,
                patience,
                classWeights == Weighting.BALANCED ? new ClassWeights.Balanced() : ClassWeights.NONE,
                seed);
    }

    private List<Integer> hidden() {
        if (hiddenLayers.isBlank()) {
            return List.of();
        }
        return Stream.of(hiddenLayers.split(",", -1)).map(this::units).toList();
    }

    private int units(final String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (final NumberFormatException e) {
            throw new InvalidInputException(
                    "The hidden layers must be whole numbers with commas between them, such as \"64, 64\", but they are \""
                            + hiddenLayers + "\"; correct them.",
                    e);
        }
    }

    Compute compute() {
        return new Compute(device.toConfig(), threads, Execution.COMPILED);
    }

    /** What the target column says; nothing is checked but this column. */
    Goal goal(final DataTableSpec spec) {
        if (targetColumn.isBlank()) {
            throw new InvalidInputException("No target column is chosen; choose the column to learn.");
        }
        return InputColumns.holdsClasses(spec, targetColumn, TABLE)
                ? new Goal.Classes(targetColumn)
                : new Goal.Numbers(List.of(targetColumn), true);
    }

    /** The columns to learn from. */
    InputColumns.Chosen chosen(final DataTableSpec spec) {
        final List<String> taken = new ArrayList<>(List.of(targetColumn));
        weight().ifPresent(taken::add);
        return InputColumns.features(spec, features, taken, TABLE);
    }

    private List<Column> columns(final DataTableSpec spec) {
        return chosen(spec).columns();
    }

    /** @throws InvalidInputException if the tables do not have what is chosen */
    void check(final DataTableSpec spec, final Optional<DataTableSpec> validation) {
        final Goal goal = goal(spec);
        if (goal instanceof Goal.Numbers && classWeights != Weighting.NONE) {
            throw new InvalidInputException("Class weights need classes, but the target column \"" + targetColumn
                    + "\" holds numbers; choose no class weights, or turn the numbers into text.");
        }
        final List<Column> all = new ArrayList<>(columns(spec));
        all.add(new Column(targetColumn, InputColumns.find(spec, targetColumn, TABLE)));
        weight().ifPresent(name -> {
            if (name.isBlank()) {
                throw new InvalidInputException("No weight column is chosen; choose one, or switch it off.");
            }
            all.add(new Column(name, Kind.NUMBER));
        });
        all.forEach(column -> InputColumns.check(spec, column, TABLE));
        validation.ifPresent(second -> all.forEach(column -> InputColumns.check(second, column, VALIDATION)));
    }

    /** What is known of the rows before they are read, if the domains of their columns of text say what these hold. */
    Optional<DatasetInfo> expected(final DataTableSpec spec) {
        return ExpectedRows.of(
                TABLE, encoding.rules(columns(spec)), goal(spec), weighted, column -> InputColumns.texts(spec, column));
    }

    TableRequest request(final BufferedDataTable table, final Optional<BufferedDataTable> validation) {
        final DataTableSpec spec = table.getDataTableSpec();
        return new TableRequest(
                new InputTable(table, TABLE),
                validation.map(second -> new InputTable(second, VALIDATION)),
                encoding.rules(columns(spec)),
                goal(spec),
                weight(),
                new ReadRequest.Split(
                        validation.isPresent()
                                ? new HeldOut.SourceTestFiles()
                                : new HeldOut.StratifiedFraction(heldOut, seed),
                        false,
                        new Limit.None()));
    }

    /** The column with the weights. */
    Optional<String> weight() {
        return Optional.of(weightColumn).filter(name -> weighted);
    }
}
