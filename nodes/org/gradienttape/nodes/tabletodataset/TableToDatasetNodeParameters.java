package org.gradienttape.nodes.tabletodataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.Windows;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.reader.TableSource;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.table.ExpectedRows;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.nodes.WhenChecked;
import org.gradienttape.nodes.table.EncodingParameters;
import org.gradienttape.nodes.table.ImageTable;
import org.gradienttape.nodes.table.InputColumns;
import org.gradienttape.nodes.table.InputTable;
import org.gradienttape.nodes.table.TargetParameters;
import org.gradienttape.nodes.table.TextParameters;
import org.knime.core.data.DataTableSpec;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.NodeParametersInput;
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
import org.knime.node.parameters.widget.OptionalWidget;
import org.knime.node.parameters.widget.OptionalWidget.DefaultValueProvider;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.filter.ColumnFilterWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class TableToDatasetNodeParameters implements NodeParameters {
    /** The tables in sentences; the first one names the datasets. */
    static final String TABLE = "Input table";

    static final String VALIDATION = "Validation table";

    @Section(title = "Samples")
    interface SamplesSection {}

    @Section(title = "Target")
    @After(SamplesSection.class)
    interface TargetSection {}

    @Section(title = "Held-out data")
    @After(TargetSection.class)
    interface HeldOutSection {}

    /** What the limit is when somebody switches it on. */
    static final class FirstLimit implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(final NodeParametersInput input) {
            return 1000;
        }
    }

    static final class IsWeighted extends WhenChecked {
        static final class Reference implements ParameterReference<Boolean> {}

        IsWeighted() {
            super(Reference.class);
        }
    }

    static final class HasSequence implements EffectPredicateProvider {
        static final class Reference implements ParameterReference<Boolean> {}

        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(Samples.AreRows.class)
                    .and(i.getBoolean(Reference.class).isTrue());
        }
    }

    @Layout(SamplesSection.class)
    @Widget(title = "Samples", description = "What a sample is made of.")
    @ValueReference(Samples.Reference.class)
    @RadioButtonsWidget
    Samples samples = Samples.COLUMNS;

    @Layout(SamplesSection.class)
    @Widget(title = "Feature columns", description = """
                    The columns that make up a sample. The columns of target and weight are never among them, except targets
                    of rows behind a window. At first all columns of numbers and text are chosen; any other ones are left
                    out.""")
    @ColumnFilterWidget(choicesProvider = InputColumns.NumbersAndText.class)
    @Effect(predicate = Samples.HaveFeatures.class, type = EffectType.SHOW)
    ColumnFilter features = new ColumnFilter().withIncludeUnknownColumns();

    @Layout(SamplesSection.class)
    @Effect(predicate = Samples.AreColumns.class, type = EffectType.SHOW)
    EncodingParameters encoding = new EncodingParameters();

    @Layout(SamplesSection.class)
    @Widget(title = "Text as a sequence", description = TextParameters.SEQUENCE)
    @ValueReference(HasSequence.Reference.class)
    @Effect(predicate = Samples.AreRows.class, type = EffectType.SHOW)
    boolean sequence;

    @Layout(SamplesSection.class)
    @Widget(
            title = "Text column",
            description =
                    "The column that becomes a sequence; it must be among the feature columns, best as the only one.")
    @ChoicesProvider(InputColumns.Text.class)
    @Effect(predicate = HasSequence.class, type = EffectType.SHOW)
    String textColumn = "";

    @Layout(SamplesSection.class)
    @Effect(predicate = HasSequence.class, type = EffectType.SHOW)
    TextParameters text = new TextParameters();

    @Layout(SamplesSection.class)
    @Effect(predicate = Samples.AreWindows.class, type = EffectType.SHOW)
    WindowParameters windows = new WindowParameters();

    @Layout(SamplesSection.class)
    @Effect(predicate = Samples.AreImages.class, type = EffectType.SHOW)
    ImageParameters image = new ImageParameters();

    @Layout(SamplesSection.class)
    @Widget(
            title = "Limit",
            description =
                    "The largest number of samples in each of the two outputs, after the held-out part is taken: the"
                            + " same number of each class, drawn with the seed. Without a limit all samples are kept.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstLimit.class)
    Optional<Integer> limit = Optional.empty();

    @Layout(TargetSection.class)
    @Effect(predicate = Samples.AreColumns.class, type = EffectType.SHOW)
    TargetParameters target = new TargetParameters();

    @Layout(TargetSection.class)
    @Widget(title = "Class column", description = """
                    The column with the class of each image. The labels that occur are the classes: whole numbers in the
                    order of numbers, all others in the order of texts. Real numbers such as 0.5 are refused.""")
    @ChoicesProvider(InputColumns.NumbersAndText.class)
    @Effect(predicate = Samples.AreImages.class, type = EffectType.SHOW)
    String classColumn = "";

    @Layout(TargetSection.class)
    @Widget(
            title = "Rows have weights",
            description =
                    "A column says how much each row counts in training and metrics; without it all rows count alike.")
    @ValueReference(IsWeighted.Reference.class)
    @Effect(predicate = Samples.AreColumns.class, type = EffectType.SHOW)
    boolean weighted;

    @Layout(TargetSection.class)
    @Widget(title = "Weight column", description = "The column with the weights: numbers of at least 0.")
    @ChoicesProvider(InputColumns.Numbers.class)
    @Effect(predicate = IsWeighted.class, type = EffectType.SHOW)
    String weightColumn = "";

    @Layout(HeldOutSection.class)
    @Effect(predicate = Samples.AreNoWindows.class, type = EffectType.SHOW)
    HeldOutParameters heldOut = new HeldOutParameters();

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(() -> {
            heldOut.toConfig();
            windows.heldOut();
            text.toConfig();
            return limit();
        });
    }

    boolean readsImages() {
        return samples == Samples.IMAGES || samples == Samples.NUMBERS_AS_IMAGE;
    }

    private boolean areWindows() {
        return samples == Samples.WINDOWS;
    }

    private Optional<Windows> windows(final DataTableSpec spec) {
        return areWindows()
                ? Optional.of(windows.toConfig(spec, target.what != TargetParameters.What.FEATURES, TABLE))
                : Optional.empty();
    }

    /** The columns to learn from. */
    InputColumns.Chosen chosen(final DataTableSpec spec) {
        final List<String> taken = new ArrayList<>();
        if (readsImages()) {
            taken.add(classColumn);
        } else if (!areWindows() || windows.horizon == 0) {
            taken.addAll(target.columnNames());
        }
        if (areWindows()) {
            taken.addAll(windows.columnNames());
        }
        weight().filter(name -> !readsImages()).ifPresent(taken::add);
        return InputColumns.features(spec, features, taken, TABLE);
    }

    private List<ColumnRule> rules(final DataTableSpec spec) {
        final List<ColumnRule> rules = encoding.rules(chosen(spec).columns());
        return sequence && samples == Samples.COLUMNS ? text.split(rules, textColumn, TABLE) : rules;
    }

    /** @throws InvalidInputException if the tables do not have what is chosen */
    void check(final DataTableSpec spec, final Optional<DataTableSpec> validation) {
        if (readsImages()) {
            imageColumns(spec);
            validation.ifPresent(second -> imageColumns(spec).check(second, VALIDATION));
            return;
        }
        target.goal(spec, TABLE);
        weight().ifPresent(name -> checkWeight(spec, name, TABLE));
        final List<Column> columns = new ArrayList<>();
        windows(spec).ifPresent(known -> columns.addAll(known.columns()));
        rules(spec).forEach(rule -> columns.add(rule.column()));
        validation.ifPresent(second -> {
            columns.forEach(column -> InputColumns.check(second, column, VALIDATION));
            target.columnNames()
                    .forEach(name -> InputColumns.check(
                            second, new Column(name, InputColumns.find(spec, name, TABLE)), VALIDATION));
            weight().ifPresent(name -> checkWeight(second, name, VALIDATION));
        });
    }

    private static void checkWeight(final DataTableSpec spec, final String name, final String table) {
        if (name.isBlank()) {
            throw new InvalidInputException("No weight column is chosen; choose one, or switch it off.");
        }
        InputColumns.check(spec, new Column(name, Column.Kind.NUMBER), table);
    }

    /** What the engine is asked for where each row's columns are a sample. */
    TableRequest rows(final BufferedDataTable table, final Optional<BufferedDataTable> validation) {
        final DataTableSpec spec = table.getDataTableSpec();
        return new TableRequest(
                new InputTable(table, TABLE),
                validation.map(second -> new InputTable(second, VALIDATION)),
                rules(spec),
                target.goal(spec, TABLE),
                weight(),
                split(validation.isPresent()),
                windows(spec));
    }

    /**
     * What is known before the rows are read. The domains of columns say nothing here: filtered rows may hold fewer texts, and then
     * a network that fits the dataset would be refused.
     */
    Optional<DatasetInfo> expected(final DataTableSpec spec) {
        return readsImages()
                ? Optional.empty()
                : ExpectedRows.of(
                        TABLE, rules(spec), target.goal(spec, TABLE), weighted, windows(spec), column -> List.of());
    }

    /** What the engine is asked for where each row is an image. */
    ReadRequest images(final BufferedDataTable table, final Optional<BufferedDataTable> validation) {
        final ImageColumns columns = imageColumns(table.getDataTableSpec());
        final DatasetSource source = new TableSource(
                new ImageRows(table, TABLE, columns),
                validation.map(second -> new ImageRows(second, VALIDATION, columns)),
                samples == Samples.IMAGES ? image.decoded() : image.ofNumbers());
        return new ReadRequest(source, image.form(), split(validation.isPresent()));
    }

    private ReadRequest.Split split(final boolean isValidated) {
        final HeldOut own = areWindows() ? windows.heldOut() : heldOut.toConfig();
        return new ReadRequest.Split(isValidated ? new HeldOut.SourceTestFiles() : own, false, limit());
    }

    private ImageColumns imageColumns(final DataTableSpec spec) {
        if (classColumn.isBlank()) {
            throw new InvalidInputException("No class column is chosen; choose the column with the classes.");
        }
        final ImageColumns columns = samples == Samples.IMAGES
                ? new ImageColumns(classColumn, Optional.of(ImageTable.imageColumn(spec, image.column)), List.of())
                : new ImageColumns(
                        classColumn,
                        Optional.empty(),
                        chosen(spec).columns().stream().map(Column::name).toList());
        columns.check(spec, TABLE);
        return columns;
    }

    private Limit limit() {
        return limit.<Limit>map(count -> new Limit.Even(count, heldOut.seed)).orElseGet(Limit.None::new);
    }

    /** The column with the weights. */
    Optional<String> weight() {
        return Optional.of(weightColumn).filter(name -> weighted);
    }
}
