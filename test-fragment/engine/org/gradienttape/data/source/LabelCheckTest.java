package org.gradienttape.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.ReadFixture;
import org.gradienttape.data.csv.CsvSyntax.FirstLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of labels that cannot be meant. */
class LabelCheckTest {
    @TempDir
    private Path folder;

    @Test
    void labelsThatAreAllTheSameAreTold() throws IOException {
        assertThat(warnings(60, i -> i + ",0"))
                .containsExactly(
                        "All 60 samples of train.csv have the label 0; check that the labels are the right ones.");
    }

    @Test
    void labelsThatAreHardlyEverTheSameAreTold() throws IOException {
        assertThat(warnings(63, i -> "1,t" + i))
                .containsExactly("The 63 samples of train.csv have 63 different labels; check that the labels are the"
                        + " right ones and name classes.");
        assertThat(warnings(4, i -> "1,row" + i)).hasSize(1);
        assertThat(warnings(100, i -> "1,t" + i * 3 / 4))
                .singleElement()
                .asString()
                .contains("75 different labels");
    }

    @Test
    void classesAreNotTold() throws IOException {
        assertThat(warnings(2, i -> "1,t" + i)).isEmpty();
        assertThat(warnings(60, i -> "1,t" + i % 30)).isEmpty();
        assertThat(warnings(12, i -> "1,t" + i % 10)).isEmpty();
        assertThat(warnings(1, i -> "1,t")).isEmpty();
    }

    @Test
    void classesThatOnePartLacksAreTold() throws IOException {
        final DatasetPair read =
                new ReadFixture(folder).heldOut(new HeldOut.LastSamples(10)).read(source(40, i -> "1,class" + i / 10));

        assertThat(read.warnings())
                .containsExactly(
                        "The training data lack class3 among the classes of the held-out data; hold out a stratified"
                                + " random part.",
                        "The held-out data lack class0, class1, class2 among the classes of the training data.");
    }

    @Test
    void manyClassesAreCounted() throws IOException {
        final DatasetPair read =
                new ReadFixture(folder).heldOut(new HeldOut.LastSamples(10)).read(source(90, i -> "1,c" + i / 10));

        assertThat(read.warnings().get(1)).contains("lack c0, c1, c2, c3, c4 and 3 more among");
    }

    @Test
    void aStratifiedPartLacksNothing() throws IOException {
        final DatasetPair read = new ReadFixture(folder)
                .heldOut(new HeldOut.StratifiedFraction(0.2, 0))
                .read(source(40, i -> "1,class" + i / 10));

        assertThat(read.warnings()).isEmpty();
        assertThat(ReadFixture.labels(read.heldOut().orElseThrow())).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void aFeatureThatIsTheLabelIsTold() throws IOException {
        final String rest = " of train.csv tells the label by itself in all 20 samples to train on; remove it unless it"
                + " is known of new samples, too.";

        assertThat(warnings(20, i -> i % 3 + "," + i % 3)).containsExactly("The column \"a\"" + rest);
        assertThat(warnings(20, i -> 7.5 - i % 2 + ",class" + i % 2)).containsExactly("The column \"a\"" + rest);
    }

    @Test
    void featuresThatTellNothingOrNotAllAreFine() throws IOException {
        assertThat(warnings(20, i -> "0," + i % 3)).isEmpty();
        assertThat(warnings(20, i -> (i == 19 ? 5 : i % 3) + "," + i % 3)).isEmpty();
        assertThat(warnings(20, i -> i % 3 / 2 + "," + i % 3)).isEmpty();
        assertThat(warnings(20, i -> i % 3 % 2 + "," + i % 3)).isEmpty(); // the first class like the third
        assertThat(warnings(20, i -> i % 6 + "," + i % 3)).isEmpty();
        assertThat(warnings(3, i -> i % 2 + "," + i % 2)).isEmpty();
    }

    private List<String> warnings(final int rows, final IntFunction<String> row) throws IOException {
        return new ReadFixture(Files.createTempDirectory(folder, "read"))
                .read(source(rows, row))
                .warnings();
    }

    private DatasetSource source(final int rows, final IntFunction<String> row) throws IOException {
        final List<String> lines = new ArrayList<>(List.of("a,b"));
        IntStream.range(0, rows).mapToObj(row).forEach(lines::add);
        return ReadFixture.pixels(Files.write(folder.resolve("train.csv"), lines), FirstLine.COLUMN_NAMES);
    }
}
