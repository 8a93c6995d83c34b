package org.gradienttape.data;

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
import org.gradienttape.data.CsvSyntax.FirstLine;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    private static final CsvFormat COMMA = new CsvFormat(',', FirstLine.COLUMN_NAMES, "species");

    @TempDir
    private Path folder;

    @Test
    void numbersAndClassesAreRead() throws IOException {
        final Dataset read = new ReadFixture(folder)
                .read(source(COMMA, "length,species,width", "1.5,\"setosa\",-2e3", "0, virginica ,.25", "7,setosa,+1"))
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

        final Dataset read = new ReadFixture(folder)
                .read(source(new CsvFormat(german, "2"), "length;species", "1,5;'a;b'", "-0,25;c"))
                .training();

        assertThat(read.classNames()).containsExactly("a;b", "c");
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(1.5f);
        assertThat(ReadFixture.numbers(read, 1)).containsExactly(-0.25f);
    }

    @Test
    void wholeNumbersAreClassesInTheOrderOfNumbers() throws IOException {
        final CsvFormat format = new CsvFormat(';', FirstLine.A_SAMPLE, "1");

        final Dataset read = new ReadFixture(folder)
                .read(source(format, "10;0.5", "-3;0.25", "2;1", "12345678901234567890;3", "10;4"))
                .training();

        assertThat(read.classNames()).containsExactly("-3", "2", "10", "12345678901234567890");
        assertThat(ReadFixture.labels(read)).containsExactly(2, 0, 1, 3, 2);
        assertThat(ReadFixture.numbers(read, 1)).containsExactly(0.25f);
    }

    @Test
    void realNumbersWithoutAFractionAreWhole() throws IOException {
        final Dataset read = new ReadFixture(folder)
                .read(source(COMMA, "a,species", "1,0.0", "2,1.0", "3,10.0", "4,2.0", "5,1.0E7", "6,2", "7,-0.0"))
                .training();

        assertThat(read.classNames()).containsExactly("0", "1", "2", "10", "10000000");
        assertThat(ReadFixture.labels(read)).containsExactly(0, 1, 3, 2, 4, 2, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.64", "-0.5", "1e-3", ".25", "NaN", "-Infinity", "\"2,5\"", "1.0E-7"})
    void realNumbersNameNoClasses(final String number) throws IOException {
        final String shown = number.replace("\"", "");

        assertRefused(
                source(COMMA, "a,species", "1,2", "2,3.0", "3," + number, "4," + number),
                "Line 4 of " + folder.resolve("train.csv")
                        + " should have the name of a class for a label, but it has the real number " + shown
                        + ", and all labels are numbers; choose another label column, or turn the numbers into names.");
    }

    @Test
    void textsBesideNumbersMakeAllOfThemNames() throws IOException {
        final Dataset read = new ReadFixture(folder)
                .read(source(COMMA, "a,species", "1,10", "2,2.50", "3,x", "4,2", "5,nan"))
                .training();

        assertThat(read.classNames()).containsExactly("2", "2.50", "10", "nan", "x");
        assertThat(ReadFixture.labels(read)).containsExactly(2, 1, 4, 0, 3);
    }

    @Test
    void leadingZerosArePartOfAName() throws IOException {
        final Dataset read = new ReadFixture(folder)
                .read(source(COMMA, "a,species", "1,010", "2,002", "3,1"))
                .training();

        assertThat(read.classNames()).containsExactly("1", "002", "010");
    }

    @Test
    void theLabelIsInTheLastColumnUnlessOneIsChosen() throws IOException {
        final CsvFormat format = new CsvFormat('\t', FirstLine.COLUMN_NAMES, "");

        assertThat(new ReadFixture(folder)
                        .read(source(format, "a\tb", "1\tx", "2\ty"))
                        .training()
                        .classNames())
                .containsExactly("x", "y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the first lines of a file, then whether the first line is a sample
                "5.1,3.5,setosa;7.0,3.2,versicolor | true",
                "5.1,,setosa;7.0,3.2,versicolor | true",
                "nan,3.5,setosa;7.0,3.2,versicolor | true",
                "7,0,0,0,12;2,0,0,255,0 | true",
                "1,2;3,4 | true",
                "-1e3,+2,.5,x;1,2,3,x | true",
                "5.1,3.5,setosa | true",
                "length,width,species;5.1,3.5,setosa | false",
                ",length,species;0,5.1,setosa | false",
                "1,2,3,x;4,5,6,y | true",
                "1,2,3,4;5,6,7,0 | true",
                "0,1,2,3,4,5,6,7,kind;5.1,3.5,1.4,0.2,0,0,0,0,setosa | false",
                "kind,400,402.5,405,407.5,410,412.5,415,417.5;setosa,5.1,3.5,1.4,0.2,0,0,0,0 | false",
                "2019,2020,Class;5.1,3.5,setosa | false",
                "1x1,1x2,5;0,0,1 | false",
                "a,b;x,y | false"
            })
    void aFirstLineOfNumbersIsASample(final String lines, final boolean sample) throws IOException {
        final CsvFormat format = new CsvFormat(',', FirstLine.AUTOMATIC, "");

        final List<String> columns =
                CsvRows.open(write("train.csv", lines.split(";")), format).columns();

        assertThat(columns.get(0).equals("1") && columns.get(columns.size() - 1).equals(String.valueOf(columns.size())))
                .isEqualTo(sample);
    }

    @Test
    void theFirstSampleOfAFileWithoutNamesIsRead() throws IOException {
        final CsvFormat format = new CsvFormat(',', FirstLine.AUTOMATIC, "");

        final Dataset read = new ReadFixture(folder)
                .read(source(format, "5.1,3.5,1.4,0.2,Iris-setosa", "7.0,3.2,4.7,1.4,Iris-versicolor", ""))
                .training();

        assertThat(read.classNames()).containsExactly("Iris-setosa", "Iris-versicolor");
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(5.1f, 3.5f, 1.4f, 0.2f);
        assertThat(read.samples()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"label,3", "Class,3", "TARGET,3", "labels,4"})
    void aColumnThatIsNamedLabelClassOrTargetHoldsTheLabels(final String name, final String label) throws IOException {
        final CsvFormat format = new CsvFormat(',', FirstLine.AUTOMATIC, "");

        assertThat(new ReadFixture(folder)
                        .read(source(format, name + ",a,b", "3,0,4"))
                        .training()
                        .classNames())
                .endsWith(label);
    }

    @Test
    void twoColumnsThatMayHoldTheLabelsLeaveTheLastOne() throws IOException {
        final CsvFormat format = new CsvFormat(',', FirstLine.AUTOMATIC, "");

        assertThat(new ReadFixture(folder)
                        .read(source(format, "class,target,a", "3,0,x"))
                        .training()
                        .classNames())
                .containsExactly("x");
    }

    @Test
    void windowsLinesQuotesAndEmptyLinesMakeNoDifference() throws IOException {
        final Path file = folder.resolve("train.csv");
        Files.writeString(file, "\ufeff\"length\";\"the \"\"species\"\"\"\r\n\"1.5\";\"a;b\"\r\n\r\n2;c\r\n");
        final DatasetSource source = new DatasetSource.Csv(
                file, Optional.empty(), new CsvFormat(';', FirstLine.AUTOMATIC, "the \"species\""), Optional.empty());

        final Dataset read = new ReadFixture(folder).read(source).training();

        assertThat(read.classNames()).containsExactly("a;b", "c");
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(1.5f);
    }

    @Test
    void aFirstLineOfWhichTheMeaningIsInDoubtIsTold() throws IOException {
        final CsvFormat format = new CsvFormat(',', FirstLine.AUTOMATIC, "");
        final List<String> spectra = new ArrayList<>(List.of("400,410,425,kind"));
        for (int i = 0; i < 10; i++) {
            spectra.add(i + ",1,2,k" + i % 2);
        }

        assertThat(new ReadFixture(folder.resolve("names"))
                        .read(source(format, "0x10,2,x", "3,4,y"))
                        .warnings())
                .containsExactly("The first line of train.csv holds numbers, but is taken for column names; if it is a"
                        + " sample, say so in the dialog.");
        assertThat(new ReadFixture(folder.resolve("sample"))
                        .read(source(format, spectra.toArray(String[]::new)))
                        .warnings())
                .containsExactly("The first line of train.csv is taken for a sample, but no other sample has its label"
                        + " kind; if it holds column names, say so in the dialog.");
    }

    @Test
    void numbersThatAreScaledAlreadyAreTold() throws IOException {
        final DatasetSource source =
                source(new CsvFormat(',', FirstLine.AUTOMATIC, ""), "a,label", "0,x", "1,y", "-1,x");
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
        final DatasetSource wide = source(new CsvFormat(',', FirstLine.AUTOMATIC, ""), "a,label", "0,x", "2,y", "1,x");
        assertThat(read("wide", wide, Scaling.DIVIDE_BY_255, split)).isEmpty();
    }

    private List<String> read(
            final String name, final DatasetSource source, final Scaling scaling, final ReadRequest.Split split)
            throws IOException {
        final ReadRequest request = new ReadRequest(source, new ReadRequest.Form(scaling, SampleShape.FLAT), split);
        return DatasetReader.read(request, folder.resolve(name), folder.resolve(name + "-held-out"), done -> true)
                .warnings();
    }

    /** Wavelengths in steps, and names beside numbers, are names if somebody says so. */
    @Test
    void aLineOfNumbersThatIsToHoldNamesIsTold() throws IOException {
        final CsvFormat chosen = new CsvFormat(',', FirstLine.COLUMN_NAMES, "");

        assertThat(new ReadFixture(folder.resolve("sample"))
                        .read(source(chosen, "5.1,3.5,x", "7.0,3.2,y", "6.3,3.3,x"))
                        .warnings())
                .containsExactly("The first line of train.csv holds numbers, but is taken for column names; if it is a"
                        + " sample, say so in the dialog.");
        assertThat(new ReadFixture(folder.resolve("names"))
                        .read(source(chosen, "400,410,label", "3,4,x", "5,6,y"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void longCellsAreCutInTheSentence() throws IOException {
        assertRefused(
                source(COMMA, "a,species", "1".repeat(400) + ",x"), "but it holds \"" + "1".repeat(40) + " ...\"");
    }

    @Test
    void badRowsAreCounted() throws IOException {
        assertRefused(
                source(COMMA, "a,species", "1,x", "?,x", "2,y", "NaN,y", ",z"),
                "Line 3 of " + folder.resolve("train.csv") + " should have a number in the column \"a\", but it holds"
                        + " \"?\"; 3 rows in all are like that, correct or remove them.");
        assertRefused(
                source(COMMA, "a,species", "1,x", "2,", "3,"),
                "Line 3 of " + folder.resolve("train.csv") + " should have a label of one line, but the cell is empty;"
                        + " 2 rows in all are like that, correct or remove them.");
    }

    @Test
    void wholeNumbersThatAreRoundedAreTold() throws IOException {
        final DatasetPair read = new ReadFixture(folder)
                .read(source(COMMA, "a,species", "16777216,x", "16777217,x", "-20000001,y", "0.1,y", "3e7,x"));

        assertThat(ReadFixture.numbers(read.training(), 1)).containsExactly(16_777_216f);
        assertThat(read.warnings())
                .containsExactly("2 whole numbers in train.csv cannot be held exactly in single precision, for example"
                        + " 16777217, which becomes 16777216; leave out a column of such numbers, or subtract the"
                        + " smallest of them before.");
    }

    @Test
    void anotherSeparatorIsNamed() throws IOException {
        assertRefused(source(COMMA, "a;species", "1;x"), "has 1 cell; choose the separator semicolon or another file.");
        assertRefused(source(COMMA, "a\tspecies", "1\tx"), "choose the separator tab");
    }

    @Test
    void rowsCanBeImages() throws IOException {
        final DatasetSource source = new DatasetSource.Csv(
                write("train.csv", "label,1,2,3,4,5,6", "3,0,1,2,3,4,5"),
                Optional.empty(),
                new CsvFormat(',', FirstLine.COLUMN_NAMES, "label"),
                Optional.of(new ImageSize(1, 3)));

        final Dataset read = new ReadFixture(folder).images().read(source).training();

        assertThat(read.sampleShape()).isEqualTo(Shape.of(1, 3, 2));
        assertThat(ReadFixture.numbers(read, 0)).containsExactly(0f, 1f, 2f, 3f, 4f, 5f);
    }

    /** An image of 2 x 3 pixels with two channels. */
    @Test
    void imagesMayBeStoredColumnByColumn() throws IOException {
        final DatasetSource source = new DatasetSource.Csv(
                write("train.csv", "0,1,30,31,10,11,40,41,20,21,50,51,x"),
                Optional.empty(),
                new CsvFormat(',', FirstLine.AUTOMATIC, ""),
                Optional.of(new ImageSize(2, 3)));
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
        final DatasetSource source = new DatasetSource.Csv(
                write("train.csv", "1,2,3,0"),
                Optional.empty(),
                new CsvFormat(',', FirstLine.A_SAMPLE, ""),
                Optional.of(new ImageSize(2, 2)));

        assertOneSentence(
                () -> new ReadFixture(folder).images().read(source),
                "images of 2 x 2 pixels should have a multiple of 4 numbers, but those of train.csv have 3");
    }

    @Test
    void aTestFileCanBeHeldOut() throws IOException {
        final DatasetSource source = new DatasetSource.Csv(
                write("train.csv", "a,species", "1,x", "2,z"),
                Optional.of(write("test.csv", "a,species", "3,y")),
                COMMA,
                Optional.empty());

        final DatasetPair read =
                new ReadFixture(folder).heldOut(new HeldOut.SourceTestFiles()).read(source);

        assertThat(read.training().classNames()).containsExactly("x", "y", "z");
        assertThat(ReadFixture.labels(read.training())).containsExactly(0, 2);
        assertThat(ReadFixture.labels(read.heldOut().orElseThrow())).containsExactly(1);
        assertThat(ReadFixture.numbers(read.heldOut().orElseThrow(), 0)).containsExactly(3f);
    }

    @Test
    void aTestFileMustHaveTheSameColumns() throws IOException {
        final DatasetSource source = new DatasetSource.Csv(
                write("train.csv", "a,species", "1,x"),
                Optional.of(write("test.csv", "b,species", "3,y")),
                COMMA,
                Optional.empty());

        assertOneSentence(
                () -> new ReadFixture(folder)
                        .heldOut(new HeldOut.SourceTestFiles())
                        .read(source),
                "should have the same columns, but " + folder.resolve("train.csv") + " has [a]");
    }

    @Test
    void aRandomPartCanBeHeldOut() throws IOException {
        final List<String> lines = new ArrayList<>(List.of("a,species"));
        for (int i = 0; i < 100; i++) {
            lines.add(i + "," + i % 3);
        }

        final DatasetPair read = new ReadFixture(folder)
                .heldOut(new HeldOut.RandomFraction(0.2, 1))
                .read(source(COMMA, lines.toArray(String[]::new)));

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
        final Path file = write("train.csv", "a,species", "1,x");
        final CsvRows rows = CsvRows.open(file, COMMA);
        Files.delete(file);

        assertThatThrownBy(rows::open)
                .isInstanceOf(IOException.class)
                .hasMessage("The CSV file could not be read from " + file + " (" + file
                        + " does not exist); check that the file is there and may be read.");
    }

    @Test
    void raggedRowsAreNamed() throws IOException {
        assertRefused(
                source(COMMA, "a,species", "1,x", "2"),
                "Line 3 of " + folder.resolve("train.csv")
                        + " should have 2 cells as the first line has, but it has 1");
        assertRefused(
                source(COMMA, "a,species", "\"1\n\",x", "2,y,3"),
                "Line 4 of " + folder.resolve("train.csv") + " should have 2 cells");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "", "NaN", "1d", "0x1p3", "1e99", "1,5", "1.2.3", "٣"})
    void badNumbersAreNamedWithRowAndColumn(final String number) throws IOException {
        assertRefused(
                source(COMMA, "a,width,species", "1,2,x", "1,\"" + number + "\",x"),
                "Line 3 of " + folder.resolve("train.csv")
                        + " should have a number in the column \"width\", but it holds" + " \"" + number
                        + "\"; correct it or remove the row.");
    }

    @Test
    void missingLabelsAreNamed() throws IOException {
        assertRefused(source(COMMA, "a,species", "1, "), "Line 2 of", "should have a label");
    }

    @Test
    void theLabelColumnMustBeThere() throws IOException {
        assertRefused(
                source(COMMA, "a,b", "1,2"),
                "The label column \"species\" was expected in " + folder.resolve("train.csv")
                        + ", but its columns are a, b; choose one of them.");
    }

    @Test
    void otherFilesAreNoCsv() throws IOException {
        assertRefused(source(COMMA, "species"), "At least one column of numbers and one of labels");
        assertRefused(source(COMMA, "a,species"), "At least one row was expected in train.csv");
        assertRefused(source(COMMA), "but it is empty");
        assertRefused(source(COMMA, "a,species", "1,\"x", "2,y"), "Line 2 of", "a quote were not closed");
        final Path huge = folder.resolve("train.csv");
        final DatasetSource source = source(COMMA, "a,species", "1," + "x".repeat(20_000_000));
        assertRefused(source, huge + " should be a CSV file, but it cannot be read");
        Files.write(folder.resolve("train.csv"), "a,species\n1,\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(source, "should be text in UTF-8");
        Files.delete(folder.resolve("train.csv"));
        assertRefused(source, "but it does not exist");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
        assertThat(new ReadFixture(folder)
                        .read(source(COMMA, "\ufeff\"species\",a", "x,1"))
                        .training()
                        .classNames())
                .containsExactly("x");
    }

    @Test
    void readingCanBeCancelledInBothPasses() throws IOException {
        final DatasetSource source = source(COMMA, "a,species", "1,x", "2,y");
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

    private DatasetSource source(final CsvFormat format, final String... lines) throws IOException {
        return new DatasetSource.Csv(write("train.csv", lines), Optional.empty(), format, Optional.empty());
    }

    private Path write(final String name, final String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private void assertRefused(final DatasetSource source, final String... parts) {
        assertOneSentence(() -> new ReadFixture(folder).read(source), parts);
        assertThat(folder.resolve("out/1")).doesNotExist();
    }
}
