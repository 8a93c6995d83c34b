package org.gradienttape.nodes.datasetreader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.Target;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.PixelScaling;
import org.gradienttape.nodes.SampleForm;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.table.EncodingParameters;
import org.gradienttape.nodes.table.TargetParameters.What;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.port.PortObject;

/** The Dataset Reader's source CSV file. */
class CsvFilesNodeTest {
    private static final String[] THINGS = {
        "age,color,price,zip,weight,kind", "1,red,10,01234,2,cat", "3,blue,20,80331,1,dog", "5,red,30,01234,0,cat"
    };

    private final FileStores stores = new FileStores();
    private final DatasetReaderNodeParameters parameters = new DatasetReaderNodeParameters();
    private final LoneNode node = LoneNode.of(new DatasetReaderNodeFactory(), parameters);

    @TempDir
    private Path folder;

    @BeforeEach
    void readAFile() {
        parameters.source = Source.CSV_FILE;
        parameters.heldOut = HeldOutPart.NONE;
    }

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void columnsOfNumbersAndTextBecomeFeatures() throws Exception {
        write(THINGS);

        final PortObject[] outputs = node.execute(stores);

        assertThat(node.configure()).containsOnlyNulls();
        assertThat(outputs[0].getSummary()).isEqualTo("train.csv: 3 samples of 6, 2 classes");
        assertThat(training(outputs).target()).isEqualTo(new Target.Classes("kind", List.of("cat", "dog")));
        assertThat(features(outputs)).containsExactly("age", "color=blue", "color=red", "price", "zip", "weight");
        // age: mean 3, deviation sqrt(8 / 3)
        assertThat(training(outputs).numbers(0)).startsWith((float) (-2 / Math.sqrt(8.0 / 3)), 0, 1);
        assertThat(labels(training(outputs))).containsExactly(0, 1, 0);
        assertThat(heldOut(outputs).samples()).isZero();
        assertThat(node.warning(stores)).isEmpty();
    }

    @Test
    void columnsAreChosenLeftOutOrToldToBeText() throws Exception {
        write(THINGS);
        parameters.csvFeatures.choice = CsvFeatureParameters.Choice.ALL_BUT;
        parameters.csvFeatures.columns = "price, 5";
        parameters.csvFeatures.textColumns = "zip";

        assertThat(features(node.execute(stores)))
                .containsExactly("age", "color=blue", "color=red", "zip=01234", "zip=80331");

        parameters.csvFeatures.choice = CsvFeatureParameters.Choice.ONLY;
        parameters.csvFeatures.columns = "price, 1, kind";
        assertThat(features(node.execute(stores))).containsExactly("age", "price");

        parameters.csvFeatures.columns = "price, size";
        refuses("The column \"size\" was expected in ");
        parameters.csvFeatures.columns = "";
        refuses("At least one column of train.csv was expected to learn from");
        parameters.csvFeatures.choice = CsvFeatureParameters.Choice.ALL;
        parameters.csvFeatures.textColumns = "size";
        refuses("The column \"size\" was expected in ");
    }

    @Test
    void aTargetOfNumbersIsNumbersToLearnAndAWeightIsNoFeature() throws Exception {
        write(THINGS);
        parameters.csvTarget.column = "price";
        parameters.csvTarget.weightColumn = "5";

        final Dataset read = training(node.execute(stores));

        assertThat(read.target().columns()).containsExactly("price");
        assertThat(((Target.Numbers) read.target()).scalings().get(0).divisor())
                .isCloseTo(Math.sqrt(200.0 / 3), within(1e-12));
        assertThat(read.number(2, 0)).isEqualTo(30);
        assertThat(read.info().weighted()).isTrue();
        assertThat(features(node.execute(stores)))
                .containsExactly("age", "color=blue", "color=red", "zip", "kind=cat", "kind=dog");

        parameters.csvTarget.weightColumn = "color";
        fails("Line 2 of " + folder.resolve("train.csv") + " should have a number in the column \"color\"");
    }

    @Test
    void severalNumbersClassesTheSamplesThemselvesOrNothingCanBeTheTarget() throws Exception {
        write(THINGS);
        parameters.csvTarget.what = What.NUMBERS;
        parameters.csvTarget.columns = "price, age";
        assertThat(training(node.execute(stores)).target().columns()).containsExactly("price", "age");
        parameters.csvTarget.columns = " ";
        refuses("No target column is chosen");

        parameters.csvTarget.what = What.CLASSES;
        parameters.csvTarget.column = "zip";
        assertThat(training(node.execute(stores)).target())
                .isEqualTo(new Target.Classes("zip", List.of("01234", "80331")));

        parameters.csvTarget.what = What.FEATURES;
        assertThat(training(node.execute(stores)).target()).isEqualTo(new Target.Features());
        assertThat(features(node.execute(stores))).hasSize(8);

        parameters.csvTarget.what = What.NONE;
        assertThat(training(node.execute(stores)).target()).isEqualTo(Target.NONE);
    }

    @Test
    void decimalCommasAndOtherSeparatorsAndQuotesAreRead() throws Exception {
        write("height;kind", "1,5;'a;b'", "-,25;c", "0;c");
        parameters.csv.separator = CsvParameters.Separator.SEMICOLON;
        parameters.csv.decimalMark = CsvParameters.DecimalMark.COMMA;
        parameters.csv.quote = CsvParameters.Quote.SINGLE;
        parameters.encoding.numbers = EncodingParameters.Scaling.AS_IT_IS;

        final Dataset read = training(node.execute(stores));

        assertThat(read.classNames()).containsExactly("a;b", "c");
        assertThat(read.numbers(1)).containsExactly(-0.25f);

        parameters.csv.separator = CsvParameters.Separator.COMMA;
        refuses("The separator of a CSV file must not be the decimal mark of its numbers");
    }

    /** Other programs take the first sample for names. */
    @Test
    void aFirstLineOfNumbersIsASample() throws Exception {
        write("5.1,3.5,1.4,0.2,Iris-setosa", "7.0,3.2,4.7,1.4,Iris-versicolor");
        parameters.encoding.numbers = EncodingParameters.Scaling.AS_IT_IS;

        final Dataset read = training(node.execute(stores));

        assertThat(read.target()).isEqualTo(new Target.Classes("5", List.of("Iris-setosa", "Iris-versicolor")));
        assertThat(read.numbers(0)).containsExactly(5.1f, 3.5f, 1.4f, 0.2f);

        parameters.csv.firstLine = CsvParameters.FirstLine.COLUMN_NAMES;
        assertThat(training(node.execute(stores)).samples()).isEqualTo(1);
        assertThat(node.warning(stores).orElseThrow())
                .contains("The first line of train.csv holds numbers, but is taken for column names");
    }

    @Test
    void missingCellsAreRefusedLeftOutOrFilledIn() throws Exception {
        write("age,kind", "1,cat", "?,dog", "3,dog", "5,");

        fails("Line 3 of " + folder.resolve("train.csv") + " should have a value in the column \"age\", but it is");

        parameters.encoding.missing = EncodingParameters.Missing.LEAVE_OUT;
        assertThat(training(node.execute(stores)).samples()).isEqualTo(2);

        parameters.encoding.missing = EncodingParameters.Missing.FILL;
        assertThat(training(node.execute(stores)).numbers(1)).containsExactly(0);
        assertThat(node.warning(stores).orElseThrow().split("\n"))
                .contains(
                        "1 row of train.csv without a target was left out.",
                        "1 missing cell of train.csv was filled in with the mean or the most frequent text of the"
                                + " training data.");
    }

    @Test
    void theTestFileIsHeldOutOrMergedWhateverTheOrderOfItsColumns() throws Exception {
        write("age,grade,kind", "1,1,cat", "3,2,dog");
        test("kind,more,grade,age", "dog,x,1,2");
        parameters.csvTarget.column = "kind";
        parameters.heldOut = HeldOutPart.SOURCE_TEST_FILES;

        final PortObject[] parts = node.execute(stores);

        assertThat(heldOut(parts).numbers(0)).containsExactly(0, -1); // age: mean 2; grade: mean 1.5, deviation 0.5
        assertThat(labels(heldOut(parts))).containsExactly(1);

        parameters.heldOut = HeldOutPart.NONE;
        parameters.mergeTestFiles = true;
        assertThat(labels(training(node.execute(stores)))).containsExactly(0, 1, 1);

        test("age,kind", "2,dog");
        refuses("The column \"grade\" was expected in " + folder.resolve("test.csv"));
        parameters.csv.testFile = "";
        refuses("A CSV file for tests was to be read, but none is chosen");
    }

    @Test
    void everyClassIsInBothPartsAndWhatIsLearnedComesFromTheTrainingPart() throws Exception {
        write(Stream.concat(Stream.of("age,kind"), IntStream.range(0, 20).mapToObj(i -> i + "," + (i < 10 ? "a" : "b")))
                .toArray(String[]::new));
        parameters.heldOut = HeldOutPart.AUTOMATIC;

        final PortObject[] parts = node.execute(stores);

        assertThat(training(parts).samplesPerClass()).containsExactly(8, 8);
        assertThat(heldOut(parts).samplesPerClass()).containsExactly(2, 2);
        double sum = 0;
        for (int i = 0; i < 16; i++) {
            sum += training(parts).numbers(i)[0];
        }
        assertThat(sum).isCloseTo(0, within(1e-5));
    }

    /** Class 0, which nobody has, is none. */
    @Test
    void onlyClassesThatOccurAreClasses() throws Exception {
        write("f0,y", "0.5,1", "3,2", "0,3", "1,1");
        parameters.csvTarget.what = What.CLASSES;

        final Dataset read = training(node.execute(stores));

        assertThat(read.target()).isEqualTo(new Target.Classes("y", List.of("1", "2", "3")));
        assertThat(labels(read)).containsExactly(0, 1, 2, 0);
    }

    /** The label stands first and is no feature; the last pixel is always 0. */
    @Test
    void aWrongTargetIsTold() throws Exception {
        write(Stream.concat(
                        Stream.of("label,pixel0,pixel1"),
                        IntStream.range(0, 60).mapToObj(i -> i % 3 + "," + i * i % 17 + ",0"))
                .toArray(String[]::new));

        assertThat(features(node.execute(stores))).containsExactly("pixel0", "pixel1");
        assertThat(node.warning(stores))
                .contains("The target \"label\" is one of 3 whole numbers (0, 1, 2) in all 60 rows to train on of"
                        + " train.csv; if these are classes, say so.");

        parameters.csvTarget.what = What.CLASSES;
        assertThat(training(node.execute(stores)).target())
                .isEqualTo(new Target.Classes("label", List.of("0", "1", "2")));
        assertThat(node.warning(stores)).isEmpty();

        parameters.csvTarget.column = "pixel1";
        assertThat(node.warning(stores))
                .contains("All 60 samples of train.csv have the label 0; check that the labels are the right ones.");
    }

    @Test
    void pixelsAreScaledAndHaveAClass() throws Exception {
        write("label;a;b", "3;0;255", "5;1;2");
        test("a;label;b", "3;4;1");
        parameters.csv.separator = CsvParameters.Separator.SEMICOLON;
        parameters.csv.samples = CsvSamples.NUMBERS_AS_IMAGE;
        parameters.scaling = PixelScaling.DIVIDE_BY_255;
        parameters.heldOut = HeldOutPart.SOURCE_TEST_FILES;
        parameters.sampleShape = SampleForm.IMAGE;
        parameters.image.height = 2;
        parameters.image.width = 1;

        final PortObject[] outputs = node.execute(stores);

        assertThat(outputs[0].getSummary()).isEqualTo("train.csv: 2 samples of 2 x 1 x 1, 3 classes");
        assertThat(training(outputs).target()).isEqualTo(new Target.Classes("label", List.of("3", "4", "5")));
        assertThat(training(outputs).numbers(0)).containsExactly(0, 1);
        assertThat(labels(training(outputs))).containsExactly(0, 2);
        assertThat(labels(heldOut(outputs))).containsExactly(1);
        assertThat(heldOut(outputs).numbers(0)).containsExactly(3 / 255f, 1 / 255f);
        parameters.sampleShape = SampleForm.FLAT;
        assertThat(node.execute(stores)[0].getSummary()).isEqualTo("train.csv: 2 samples of 2, 3 classes");
        parameters.csvTarget.column = "species";
        refuses("The column \"species\" was expected in ");
    }

    @Test
    void aColumnThatIsNamedLabelHoldsTheLabelsAndAWrongOneIsTold() throws Exception {
        write("label,pixel0,pixel1", "8,34,0", "3,182,0", "8,7,0", "3,1,0");
        parameters.csv.samples = CsvSamples.NUMBERS_AS_IMAGE;

        assertThat(training(node.execute(stores)).classNames()).containsExactly("3", "8");
        assertThat(labels(training(node.execute(stores)))).containsExactly(1, 0, 1, 0);
        assertThat(node.warning(stores)).isEmpty();

        parameters.csvTarget.column = "pixel1";
        assertThat(node.warning(stores))
                .contains("All 4 samples of train.csv have the label 0; check that the labels are the right ones.");
    }

    @Test
    void whatAFileHoldsIsCheckedAtConfigure() throws Exception {
        refuses("The CSV file is empty; choose one.");
        write("a,b,a", "1,2,3");
        refuses("\"a\"");
        write();
        refuses("but it is empty");
        parameters.csv.file = folder.resolve("absent.csv").toString();
        refuses("but it does not exist");
    }

    private void refuses(final String message) {
        assertThatThrownBy(node::configure)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(message);
    }

    private void fails(final String message) {
        assertThatThrownBy(() -> node.execute(stores))
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining(message);
    }

    private void write(final String... lines) throws IOException {
        parameters.csv.file =
                Files.write(folder.resolve("train.csv"), List.of(lines)).toString();
    }

    private void test(final String... lines) throws IOException {
        parameters.csv.testFile =
                Files.write(folder.resolve("test.csv"), List.of(lines)).toString();
    }

    private static Dataset training(final PortObject[] outputs) throws IOException {
        return ((DatasetPortObject) outputs[0]).dataset();
    }

    private static Dataset heldOut(final PortObject[] outputs) throws IOException {
        return ((DatasetPortObject) outputs[1]).dataset();
    }

    private static List<String> features(final PortObject[] outputs) throws IOException {
        return training(outputs).info().columns().orElseThrow().encoding().featureNames();
    }

    private static List<Integer> labels(final Dataset dataset) {
        return IntStream.range(0, dataset.samples()).mapToObj(dataset::label).toList();
    }
}
