package org.gradienttape.nodes.datasetreader;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.DatasetInfoPair;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.array.IdxSource;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.array.NamedSource;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.PixelOrder;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.nodes.BelowOne;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.LocalPath;
import org.gradienttape.nodes.PixelScaling;
import org.gradienttape.nodes.PixelsStored;
import org.gradienttape.nodes.SampleForm;
import org.gradienttape.nodes.UnsetText;
import org.gradienttape.nodes.ports.DatasetOutputs.Reading;
import org.gradienttape.nodes.table.EncodingParameters;
import org.gradienttape.nodes.table.TextParameters;
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
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveDoubleValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;

/** What the person at the dialog sets. */
@LoadDefaultsForAbsentFields
public final class DatasetReaderNodeParameters implements NodeParameters {
    @Section(title = "Source")
    interface SourceSection {}

    @Section(title = "Samples")
    @After(SourceSection.class)
    interface SamplesSection {}

    @Effect(predicate = Source.IsCsv.class, type = EffectType.SHOW)
    @Section(title = "Target")
    @After(SamplesSection.class)
    interface TargetSection {}

    @Section(title = "Held-out data")
    @After(TargetSection.class)
    interface HeldOutSection {}

    static final class FormReference implements ParameterReference<SampleForm> {}

    static final class IsImage implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getEnum(FormReference.class).isOneOf(SampleForm.IMAGE);
        }
    }

    /** Images lie as numbers in arrays or rows. */
    static final class HasPixelOrder implements EffectPredicateProvider {
        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(Source.HoldsArrays.class)
                    .or(i.getPredicate(CsvSamples.ArePixels.class).and(i.getPredicate(IsImage.class)));
        }
    }

    static final class HasSequence implements EffectPredicateProvider {
        static final class Reference implements ParameterReference<Boolean> {}

        @Override
        public EffectPredicate init(final PredicateInitializer i) {
            return i.getPredicate(CsvSamples.AreColumns.class)
                    .and(i.getBoolean(Reference.class).isTrue());
        }
    }

    /** What the limit is when somebody switches it on. */
    static final class FirstLimit implements DefaultValueProvider<Integer> {
        @Override
        public Integer computeState(final NodeParametersInput input) {
            return 1000;
        }
    }

    @Layout(SourceSection.class)
    @Widget(title = "Source", description = "Where the samples come from.")
    @ValueReference(Source.Reference.class)
    @RadioButtonsWidget
    Source source = Source.MNIST;

    @Layout(SourceSection.class)
    @Widget(title = "Dataset folder", description = """
                    The folder on this machine that holds one folder per dataset, named <i>mnist</i> and
                    <i>fashion-mnist</i>. If it is empty, it is taken from the system property <i>gradienttape.datasets</i>,
                    then from the environment variable <i>GRADIENTTAPE_DATASETS</i>, then it is
                    <i>~/.gradienttape/datasets</i>.""" + LocalPath.HELP)
    @TextInputWidget(placeholder = "~/.gradienttape/datasets")
    @Effect(predicate = Source.IsNamed.class, type = EffectType.SHOW)
    String datasetFolder = "";

    @Layout(SourceSection.class)
    @Widget(
            title = "Training images",
            description = "The IDX file with the images to train on, plain or compressed with gzip." + LocalPath.HELP)
    @Effect(predicate = Source.IsIdx.class, type = EffectType.SHOW)
    String trainingImages = "";

    @Layout(SourceSection.class)
    @Widget(title = "Training labels", description = "The IDX file with one label for each of the training images.")
    @Effect(predicate = Source.IsIdx.class, type = EffectType.SHOW)
    String trainingLabels = "";

    @Layout(SourceSection.class)
    @Widget(
            title = "Test images",
            description = "The IDX file with the images that are kept for tests. Leave it empty if there is none.")
    @Effect(predicate = Source.IsIdx.class, type = EffectType.SHOW)
    String testImages = "";

    @Layout(SourceSection.class)
    @Widget(
            title = "Test labels",
            description = "The IDX file with one label for each of the test images. Leave it empty if there is none.")
    @Effect(predicate = Source.IsIdx.class, type = EffectType.SHOW)
    String testLabels = "";

    @Layout(SourceSection.class)
    @Effect(predicate = Source.IsNpz.class, type = EffectType.SHOW)
    NpzParameters npz = new NpzParameters();

    @Layout(SourceSection.class)
    @Effect(predicate = Source.IsImageFolder.class, type = EffectType.SHOW)
    ImageFolderParameters imageFolder = new ImageFolderParameters();

    @Layout(SourceSection.class)
    @Effect(predicate = Source.IsCsv.class, type = EffectType.SHOW)
    CsvParameters csv = new CsvParameters();

    @Layout(SamplesSection.class)
    @Effect(predicate = Source.IsCsv.class, type = EffectType.SHOW)
    CsvFeatureParameters csvFeatures = new CsvFeatureParameters();

    @Layout(SamplesSection.class)
    @Effect(predicate = CsvSamples.AreColumns.class, type = EffectType.SHOW)
    EncodingParameters encoding = new EncodingParameters();

    @Layout(SamplesSection.class)
    @Widget(title = "Text as a sequence", description = TextParameters.SEQUENCE)
    @ValueReference(HasSequence.Reference.class)
    @Effect(predicate = CsvSamples.AreColumns.class, type = EffectType.SHOW)
    boolean sequence;

    @Layout(SamplesSection.class)
    @Widget(
            title = "Text column",
            description = "The name of the column that becomes a sequence, or its number from 1; it must be among the"
                    + " feature columns, best as the only one.")
    @Effect(predicate = HasSequence.class, type = EffectType.SHOW)
    String textColumn = "";

    @Layout(SamplesSection.class)
    @Effect(predicate = HasSequence.class, type = EffectType.SHOW)
    TextParameters text = new TextParameters();

    @Layout(SamplesSection.class)
    ImageParameters image = new ImageParameters();

    @Layout(SamplesSection.class)
    @Widget(
            title = "Pixel scaling",
            description = "What happens to the stored numbers, 0 to 255, when they reach the network. A model keeps the"
                    + " scaling that it was trained with: when it is trained further or predicts, that one is used.")
    @ValueSwitchWidget
    @Effect(predicate = CsvSamples.AreColumns.class, type = EffectType.HIDE)
    PixelScaling scaling = PixelScaling.AS_STORED;

    @Layout(SamplesSection.class)
    @Widget(title = "Sample shape", description = "The shape of one sample, which the model's input shape must match.")
    @ValueReference(FormReference.class)
    @ValueSwitchWidget
    @Effect(predicate = CsvSamples.AreColumns.class, type = EffectType.HIDE)
    SampleForm sampleShape = SampleForm.FLAT;

    @Layout(SamplesSection.class)
    @Widget(title = "Pixels are stored", description = "In which order the pixels of an image follow one another.")
    @ValueSwitchWidget
    @Effect(predicate = HasPixelOrder.class, type = EffectType.SHOW)
    PixelsStored pixelOrder = PixelsStored.ROW_BY_ROW;

    @Layout(SamplesSection.class)
    @Widget(
            title = "Limit",
            description =
                    "The largest number of samples in each of the two outputs, after the held-out part is taken. Of MNIST"
                            + " and Fashion-MNIST the first samples are kept; of any other source the same number of each"
                            + " class, drawn with the seed. Without a limit all samples are kept.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @OptionalWidget(defaultProvider = FirstLimit.class)
    Optional<Integer> limit = Optional.empty();

    @Layout(TargetSection.class)
    CsvTargetParameters csvTarget = new CsvTargetParameters();

    @Layout(HeldOutSection.class)
    @Widget(title = "Held-out part", description = "Which samples are kept away from training.")
    @ValueReference(HeldOutPart.Reference.class)
    @RadioButtonsWidget
    HeldOutPart heldOut = HeldOutPart.AUTOMATIC;

    @Layout(HeldOutSection.class)
    @Widget(title = "Number of last samples", description = "How many samples at the end of the files are held out.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Effect(predicate = HeldOutPart.IsLastSamples.class, type = EffectType.SHOW)
    int lastSamples = 10_000;

    @Layout(HeldOutSection.class)
    @Widget(title = "Fraction", description = "The part of the samples that is held out, above 0 and below 1.")
    @NumberInputWidget(minValidation = IsPositiveDoubleValidation.class, maxValidation = BelowOne.class)
    @Effect(predicate = HeldOutPart.IsFraction.class, type = EffectType.SHOW)
    double fraction = 0.2;

    @Layout(HeldOutSection.class)
    @Widget(
            title = "Seed",
            description = "Starts the random draws of the held-out part and of the limit; the same seed draws the same"
                    + " samples.")
    @Effect(predicate = HeldOutPart.IsDrawn.class, type = EffectType.SHOW)
    long seed;

    @Layout(HeldOutSection.class)
    @Widget(
            title = "Merge test files into the training data",
            description = "Appends the source's test files to the training files before anything is held out, for jobs"
                    + " that need every sample. Cannot be combined with the source's test files as the held-out part.")
    boolean mergeTestFiles;

    @Override
    public void validate() throws InvalidSettingsException {
        UnsetText.refuse(this);
        EngineCall.configuring(this::split);
        if (source == Source.CSV_FILE) {
            EngineCall.configuring(csv::syntax);
            EngineCall.configuring(text::toConfig);
        }
    }

    /**
     * What will be read.
     *
     * @return nothing if that is not known before all is read; then the source is only checked
     */
    Optional<DatasetInfoPair> describe() throws IOException {
        if (source == Source.CSV_FILE) {
            new CsvReading(this, split());
            return Optional.empty();
        }
        return DatasetReader.describe(request());
    }

    Reading reading() throws IOException {
        if (source == Source.CSV_FILE) {
            return new CsvReading(this, split())::read;
        }
        final ReadRequest request = request();
        return (training, heldOut, monitor) -> DatasetReader.read(request, training, heldOut, monitor);
    }

    /** What the engine is asked for; not for CSV files. */
    ReadRequest request() {
        return new ReadRequest(source.toConfig(this), form(), split());
    }

    ReadRequest.Form form() {
        return new ReadRequest.Form(
                Scaling.valueOf(scaling.name()), SampleShape.valueOf(sampleShape.name()), pixelOrder());
    }

    /** That of the dialog where it is shown. */
    private PixelOrder pixelOrder() {
        final boolean shown = source.holdsArrays() || source == Source.CSV_FILE && sampleShape == SampleForm.IMAGE;
        return shown ? PixelOrder.valueOf(pixelOrder.name()) : PixelOrder.ROW_BY_ROW;
    }

    Optional<ImageSize> imageOfNumbers() {
        return sampleShape == SampleForm.IMAGE ? Optional.of(image.size()) : Optional.empty();
    }

    DatasetSource named(final NamedDataset dataset) {
        return new NamedSource(dataset, LocalPath.ofOptional(datasetFolder, "dataset folder"));
    }

    DatasetSource idxFiles() {
        final IdxSource.Pair training = new IdxSource.Pair(
                LocalPath.of(trainingImages, "file of the training images"),
                LocalPath.of(trainingLabels, "file of the training labels"));
        final boolean noTestFiles = testImages.isBlank() && testLabels.isBlank();
        final Optional<IdxSource.Pair> test = noTestFiles
                ? Optional.empty()
                : Optional.of(new IdxSource.Pair(
                        LocalPath.of(testImages, "file of the test images"),
                        LocalPath.of(testLabels, "file of the test labels")));
        return new IdxSource(training.images().getFileName().toString(), training, test, List.of());
    }

    private ReadRequest.Split split() {
        final HeldOut part =
                switch (heldOutPart()) {
                    case AUTOMATIC -> throw new IllegalStateException("the source decides");
                    case SOURCE_TEST_FILES -> new HeldOut.SourceTestFiles();
                    case LAST_SAMPLES -> new HeldOut.LastSamples(lastSamples);
                    case STRATIFIED_FRACTION -> new HeldOut.StratifiedFraction(fraction, seed);
                    case RANDOM_FRACTION -> new HeldOut.RandomFraction(fraction, seed);
                    case NONE -> new HeldOut.None();
                };
        return new ReadRequest.Split(
                part, mergeTestFiles, limit.map(this::limited).orElseGet(Limit.None::new));
    }

    /** What the choice Automatic stands for: named datasets are split as in Keras' guide. */
    private HeldOutPart heldOutPart() {
        if (heldOut != HeldOutPart.AUTOMATIC) {
            return heldOut;
        }
        return isNamed() ? HeldOutPart.LAST_SAMPLES : HeldOutPart.STRATIFIED_FRACTION;
    }

    private Limit limited(final int count) {
        return isNamed() ? new Limit.First(count) : new Limit.Even(count, seed);
    }

    private boolean isNamed() {
        return source == Source.MNIST || source == Source.FASHION_MNIST;
    }
}
