package org.gradienttape.data.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gradienttape.data.NpzTest.assertOneSentence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.ReadFixture;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvSyntax;
import org.gradienttape.data.csv.CsvSyntax.FirstLine;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ImageSize;
import org.gradienttape.data.source.PixelOrder;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CSV files of pixels, or other numbers, with a class each. */
class PixelRowsTest {
    private static final CsvSyntax COMMA = new CsvSyntax(',', FirstLine.COLUMN_NAMES);
    private static final ImageForm FLAT = new ImageForm(ImageForm.Colors.GRAYSCALE, Optional.empty());
    private static final CsvSyntax AUTOMATIC = new CsvSyntax(',', FirstLine.AUTOMATIC);

    @TempDir
    private Path folder;

    @Test
    void numbersAndClassesAreRead() throws IOException {
        final Dataset read = read(source(
                        COMMA,
                        "species",
                        "length,species,width",
                        "1.5,\"setosa\",-2e3",
                        "0, virginica ,.25",
                        "7,setosa,+1"))
                .training();

        assertThat(read.name()).isEqualTo("train.csv");
        assertThat(read.sampleShape()).isEqualTo(Shape.of(2));
        assertThat(read.elementType()).isEqualTo(ElementType.FLOAT32);
        assertThat(read.classNames()).containsExactly("setosa", "virginica");
        assertThat(ReadFixture.labels(read)).containsExactly(0, 1, 0);
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(1.5f, -2000f);
        assertThat(ReadFixture.numbers(read, 1)).containsExactly(0f, 0.25f);
    }

    @Test
    void numbersWithDecimalCommasAndClassesInAnotherQuoteAreRead() throws IOException {
        final CsvSyntax german = new CsvSyntax(';', '\'', CsvSyntax.DecimalMark.COMMA, FirstLine.AUTOMATIC);

        final Dataset read = read(source(german, "2", "length;species", "1,5;'a;b'", "-0,25;c"))
                .training();

        assertThat(read.classNames()).containsExactly("a;b", "c");
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(1.5f);
        assertThat(ReadFixture.numbers(read, 1)).containsExactly(-0.25f);
    }

    @Test
    void wholeNumbersAreClassesInTheOrderOfNumbers() throws IOException {
        final CsvSyntax format = new CsvSyntax(';', FirstLine.A_SAMPLE);

        final Dataset read = read(source(format, "1", "10;0.5", "-3;0.25", "2;1", "12345678901234567890;3", "10;4"))
                .training();

        assertThat(read.classNames()).containsExactly("-3", "2", "10", "12345678901234567890");
        assertThat(ReadFixture.labels(read)).containsExactly(2, 0, 1, 3, 2);
        assertThat(ReadFixture.numbers(read, 1)).containsExactly(0.25f);
    }

    @Test
    void realNumbersWithoutAFractionAreWhole() throws IOException {
        final Dataset read = read(source(
                        COMMA, "species", "a,species", "1,0.0", "2,1.0", "3,10.0", "4,2.0", "5,1.0E7", "6,2", "7,-0.0"))
                .training();

        assertThat(read.classNames()).containsExactly("0", "1", "2", "10", "10000000");
        assertThat(ReadFixture.labels(read)).containsExactly(0, 1, 3, 2, 4, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.64", "-0.5", "1e-3", ".25", "-Infinity", "\"2,5\"", "1.0E-7"})
    void realNumbersNameNoClasses(final String number) throws IOException {
        final String shown = number.replace("\"", "");

        assertRefused(
                source(COMMA, "species", "a,species", "1,2", "2,3.0", "3," + number, "4," + number),
                "Line 4 of " + folder.resolve("train.csv")
                        + " should have the name of a class for a label, but it has the real number " + shown
                        + ", and all labels are numbers; choose another label column, or turn the numbers into names.");
    }

    @Test
    void textsBesideNumbersMakeAllOfThemNames() throws IOException {
        final Dataset read = read(source(COMMA, "species", "a,species", "1,10", "2,2.50", "3,x", "4,2", "5,inf"))
                .training();

        assertThat(read.classNames()).containsExactly("2", "2.50", "10", "inf", "x");
        assertThat(ReadFixture.labels(read)).containsExactly(2, 1, 4, 0, 3);
    }

    @Test
    void leadingZerosArePartOfAName() throws IOException {
        final Dataset read = read(source(COMMA, "species", "a,species", "1,010", "2,002", "3,1"))
                .training();

        assertThat(read.classNames()).containsExactly("1", "002", "010");
    }

    @Test
    void theFirstSampleOfAFileWithoutNamesIsRead() throws IOException {
        final Dataset read = read(source(
                        AUTOMATIC, "", "5.1,3.5,1.4,0.2,Iris-setosa", "7.0,3.2,4.7,1.4,Iris-versicolor", ""))
                .training();

        assertThat(read.classNames()).containsExactly("Iris-setosa", "Iris-versicolor");
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(5.1f, 3.5f, 1.4f, 0.2f);
        assertThat(read.samples()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"label,3", "Class,3", "TARGET,3", "labels,4"})
    void aColumnThatIsNamedLabelClassOrTargetHoldsTheLabels(final String name, final String label) throws IOException {
        assertThat(read(source(AUTOMATIC, "", name + ",a,b", "3,0,4"))
                        .training()
                        .classNames())
                .endsWith(label);
    }

    @Test
    void twoColumnsThatMayHoldTheLabelsLeaveTheLastOne() throws IOException {
        assertThat(read(source(AUTOMATIC, "", "class,target,a", "3,0,x"))
                        .training()
                        .classNames())
                .containsExactly("x");
    }

    @Test
    void windowsLinesQuotesAndEmptyLinesMakeNoDifference() throws IOException {
        final Path path = folder.resolve("train.csv");
        Files.writeString(path, "\ufeff\"length\";\"the \"\"species\"\"\"\r\n\"1.5\";\"a;b\"\r\n\r\n2;c\r\n");
        final CsvFile file = CsvFile.open(path, new CsvSyntax(';', FirstLine.AUTOMATIC));

        final Dataset read = new ReadFixture(folder)
                .read(ReadFixture.pixels(file, "the \"species\""))
                .training();

        assertThat(read.classNames()).containsExactly("a;b", "c");
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(1.5f);
    }

    @Test
    void numbersThatAreScaledAlreadyAreTold() throws IOException {
        final DatasetSource source =
                source(AUTOMATIC, "", "a,label", "0,x", "1,y", "-1,x").open();
        final ReadRequest.Split split = new ReadFixture(folder).request(source).split();

        assertThat(read("divided", source, Scaling.DIVIDE_BY_255, split))
                .containsExactly(
                        "All numbers of train.csv are stored from -1 to 1, but divided by 255 when they reach the"
                                + " network; if they are scaled already, choose the pixel scaling As stored.");
        assertThat(read("shifted", source, Scaling.MINUS_ONE_TO_ONE, split))
                .singleElement()
                .asString()
                .contains("but divided by 127.5 when");
        assertThat(read("stored", source, Scaling.AS_STORED, split)).isEmpty();
        final DatasetSource wide =
                source(AUTOMATIC, "", "a,label", "0,x", "2,y", "1,x").open();
        assertThat(read("wide", wide, Scaling.DIVIDE_BY_255, split)).isEmpty();
    }

    private List<String> read(
            final String name, final DatasetSource source, final Scaling scaling, final ReadRequest.Split split)
            throws IOException {
        final ReadRequest request = new ReadRequest(source, new ReadRequest.Form(scaling, SampleShape.FLAT), split);
        return DatasetReader.read(request, folder.resolve(name), folder.resolve(name + "-held-out"), done -> true)
                .warnings();
    }

    @Test
    void longCellsAreCutInTheSentence() throws IOException {
        assertRefused(
                source(COMMA, "species", "a,species", "1".repeat(400) + ",x"),
                "but it holds \"" + "1".repeat(40) + " ...\"");
    }

    @Test
    void badRowsAreCounted() throws IOException {
        assertRefused(
                source(COMMA, "species", "a,species", "1,x", "?,x", "2,y", "NaN,y", ",z"),
                "Line 3 of " + folder.resolve("train.csv") + " should have a number in the column \"a\", but it is"
                        + " missing; 3 rows in all are like that, correct or remove them.");
        assertRefused(
                source(COMMA, "species", "a,species", "1,x", "2,", "3,"),
                "Line 3 of " + folder.resolve("train.csv") + " should have a label of one line, but it is missing;"
                        + " 2 rows in all are like that, correct or remove them.");
    }

    @Test
    void wholeNumbersThatAreRoundedAreTold() throws IOException {
        final DatasetPair read = read(
                source(COMMA, "species", "a,species", "16777216,x", "16777217,x", "-20000001,y", "0.1,y", "3e7,x"));

        assertThat(ReadFixture.numbers(read.training(), 1)).containsExactly(16_777_216f);
        assertThat(read.warnings())
                .containsExactly("2 whole numbers in train.csv cannot be held exactly in single precision, for example"
                        + " 16777217, which becomes 16777216; leave out a column of such numbers, or subtract the"
                        + " smallest of them before.");
    }

    @Test
    void anotherSeparatorIsNamed() throws IOException {
        assertRefused(
                source(COMMA, "species", "a;species", "1;x"),
                "has 1 cell; choose the separator semicolon or another file.");
        assertRefused(source(COMMA, "species", "a\tspecies", "1\tx"), "choose the separator tab");
    }

    @Test
    void rowsCanBeImages() throws IOException {
        final DatasetSource source = images(COMMA, new ImageSize(1, 3), "label,1,2,3,4,5,6", "3,0,1,2,3,4,5");

        final Dataset read = new ReadFixture(folder).images().read(source).training();

        assertThat(read.sampleShape()).isEqualTo(Shape.of(1, 3, 2));
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(0f, 1f, 2f, 3f, 4f, 5f);
    }

    /** An image of 2 x 3 pixels with two channels. */
    @Test
    void imagesMayBeStoredColumnByColumn() throws IOException {
        final DatasetSource source = images(AUTOMATIC, new ImageSize(2, 3), "0,1,30,31,10,11,40,41,20,21,50,51,x");
        final ReadRequest request = new ReadRequest(
                source,
                new ReadRequest.Form(Scaling.AS_STORED, SampleShape.IMAGE, PixelOrder.COLUMN_BY_COLUMN),
                new ReadRequest.Split(new HeldOut.None(), false, 0));

        final Dataset read = DatasetReader.read(request, folder.resolve("1"), folder.resolve("2"), done -> true)
                .training();

        assertThat(read.sampleShape()).isEqualTo(Shape.of(2, 3, 2));
        assertThat(ReadFixture.numbers(read, 0))
                .containsExactly(0f, 1f, 10f, 11f, 20f, 21f, 30f, 31f, 40f, 41f, 50f, 51f);
    }

    @Test
    void imagesMustFitTheNumbers() throws IOException {
        final DatasetSource source = images(new CsvSyntax(',', FirstLine.A_SAMPLE), new ImageSize(2, 2), "1,2,3,0");

        assertOneSentence(
                () -> new ReadFixture(folder).images().read(source),
                "images of 2 x 2 pixels should have a multiple of 4 numbers, but those of train.csv have 3");
    }

    @Test
    void aTestFileCanBeHeldOut() throws IOException {
        final DatasetSource source = new TableSource(
                rows("train.csv", "a,species", "1,x", "2,z"), Optional.of(rows("test.csv", "species,a", "y,3")), FLAT);

        final DatasetPair read =
                new ReadFixture(folder).heldOut(new HeldOut.SourceTestFiles()).read(source);

        assertThat(read.training().classNames()).containsExactly("x", "y", "z");
        assertThat(ReadFixture.labels(read.training())).containsExactly(0, 2);
        assertThat(ReadFixture.labels(read.heldOut().orElseThrow())).containsExactly(1);
        assertThat(ReadFixture.numbers(read.heldOut().orElseThrow(), 0)).containsExactly(3f);
    }

    @Test
    void aTestFileMustHaveTheSameColumns() throws IOException {
        final PixelRows rows = rows("train.csv", "a,species", "1,x");
        final CsvFile test = CsvFile.open(write("test.csv", "b,species", "3,y"), COMMA);
        final DatasetSource source =
                new TableSource(rows, Optional.of(PixelRows.of(test, rows.columns(), "species", done -> true)), FLAT);

        assertOneSentence(
                () -> new ReadFixture(folder)
                        .heldOut(new HeldOut.SourceTestFiles())
                        .read(source),
                "The column \"a\" of numbers was expected in test.csv, but its columns are b, species");
    }

    @Test
    void aRandomPartCanBeHeldOut() throws IOException {
        final List<String> lines = new ArrayList<>(List.of("a,species"));
        for (int i = 0; i < 100; i++) {
            lines.add(i + "," + i % 3);
        }

        final DatasetPair read = new ReadFixture(folder)
                .heldOut(new HeldOut.RandomFraction(0.2, 1))
                .read(source(COMMA, "species", lines.toArray(String[]::new)).open());

        final Dataset heldOut = read.heldOut().orElseThrow();
        assertThat(read.training().samples()).isEqualTo(80);
        assertThat(heldOut.samples()).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
            assertThat((int) (float) ReadFixture.numbers(heldOut, i).get(0) % 3).isEqualTo(heldOut.label(i));
        }
    }

    /** Rows are gone through twice. */
    @Test
    void aFileThatGoesBetweenTwoPassesIsASentence() throws IOException {
        final PixelRows rows = rows("train.csv", "a,species", "1,x");
        final Path file = folder.resolve("train.csv");
        Files.delete(file);

        assertThatThrownBy(rows::open)
                .isInstanceOf(IOException.class)
                .hasMessage("The CSV file could not be read from " + file + " (" + file
                        + " does not exist); check that the file is there and may be read.");
    }

    @Test
    void raggedRowsAreNamed() throws IOException {
        assertRefused(
                source(COMMA, "species", "a,species", "1,x", "2"),
                "Line 3 of " + folder.resolve("train.csv")
                        + " should have 2 cells as the first line has, but it has 1");
        assertRefused(
                source(COMMA, "species", "a,species", "\"1\n\",x", "2,y,3"),
                "Line 4 of " + folder.resolve("train.csv") + " should have 2 cells");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "1d", "0x1p3", "1e99", "1,5", "1.2.3", "٣"})
    void badNumbersAreNamedWithRowAndColumn(final String number) throws IOException {
        assertRefused(
                source(COMMA, "species", "a,width,species", "1,2,x", "1,\"" + number + "\",x"),
                "Line 3 of " + folder.resolve("train.csv")
                        + " should have a number in the column \"width\", but it holds" + " \"" + number
                        + "\"; correct it or remove the row.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "?"})
    void missingNumbersAreNamedWithRowAndColumn(final String cell) throws IOException {
        assertRefused(
                source(COMMA, "species", "a,width,species", "1,2,x", "1," + cell + ",x"),
                "Line 3 of " + folder.resolve("train.csv")
                        + " should have a number in the column \"width\", but it is missing;");
    }

    @Test
    void missingLabelsAreNamed() throws IOException {
        assertRefused(source(COMMA, "species", "a,species", "1, "), "Line 2 of", "should have a label");
    }

    @Test
    void otherFilesAreNoCsv() throws IOException {
        assertRefused(
                source(COMMA, "species", "species"), "At least one column of train.csv was expected to learn from");
        assertRefused(source(COMMA, "species", "a,species"), "At least one row was expected in train.csv");
        assertRefused(source(COMMA, ""), "but it is empty");
        assertRefused(source(COMMA, "species", "a,species", "1,\"x", "2,y"), "in line 2 stays open");
        final Path huge = folder.resolve("train.csv");
        final Source source = source(COMMA, "species", "a,species", "1," + "x".repeat(20_000_000));
        assertRefused(source, huge + " should be a CSV file, but it cannot be read");
        Files.write(folder.resolve("train.csv"), "a,species\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(source, "should be text in UTF-8");
        Files.delete(folder.resolve("train.csv"));
        assertRefused(source, "but it does not exist");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        assertThat(read(source(COMMA, "species", "\ufeff\"species\",a", "x,1"))
                        .training()
                        .classNames())
                .containsExactly("x");
    }

    @Test
    void readingCanBeCancelledInBothPasses() throws IOException {
        final DatasetSource source =
                source(COMMA, "species", "a,species", "1,x", "2,y").open();
        for (final double stop : new double[] {0, 0.5}) {
            assertThatThrownBy(() -> DatasetReader.read(
                            new ReadFixture(folder).request(source),
                            folder.resolve("out/1"),
                            folder.resolve("out/2"),
                            done -> done < stop))
                    .isInstanceOf(CancellationException.class);
            assertThat(folder.resolve("out/1")).doesNotExist();
        }
    }

    /** Reads a file when it is asked for. */
    @FunctionalInterface
    private interface Source {
        DatasetSource open() throws IOException;
    }

    private Source source(final CsvSyntax syntax, final String label, final String... lines) throws IOException {
        final Path path = write("train.csv", lines);
        return () -> {
            final CsvFile file = CsvFile.open(path, syntax);
            return ReadFixture.pixels(file, label.isEmpty() ? file.usualTarget() : label);
        };
    }

    private DatasetSource images(final CsvSyntax syntax, final ImageSize size, final String... lines)
            throws IOException {
        final CsvFile file = CsvFile.open(write("train.csv", lines), syntax);
        return new TableSource(
                ReadFixture.rows(file, file.usualTarget()),
                Optional.empty(),
                new ImageForm(ImageForm.Colors.GRAYSCALE, Optional.of(size)));
    }

    private PixelRows rows(final String name, final String... lines) throws IOException {
        return ReadFixture.rows(CsvFile.open(write(name, lines), COMMA), "species");
    }

    private DatasetPair read(final Source source) throws IOException {
        return new ReadFixture(folder).read(source.open());
    }

    private Path write(final String name, final String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private void assertRefused(final Source source, final String... parts) {
        assertOneSentence(() -> read(source), parts);
        assertThat(folder.resolve("out/1")).doesNotExist();
    }
}
