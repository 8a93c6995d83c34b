package org.gradienttape.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.TextSplit;
import org.gradienttape.column.TextSplit.Standardize;
import org.gradienttape.column.TextSplit.Unit;
import org.gradienttape.column.TokenEncoding;
import org.gradienttape.column.TokenRule;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.column.Windows;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.DatasetPair;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.data.table.TableRequest.Goal;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts of a table become sequences of whole numbers. */
class TextReadingTest {
    private static final Column TEXT = new Column("text", Kind.TEXT);
    private static final Column SIZE = new Column("size", Kind.NUMBER);
    private static final Column KIND = new Column("kind", Kind.TEXT);

    @TempDir
    private Path folder;

    private TokenRule tokens = rule(4);
    private MissingRule missing = MissingRule.REFUSE;
    private HeldOut heldOut = new HeldOut.LastSamples(2);
    private Goal goal = new Goal.Classes("kind");
    private List<Column> features = List.of(TEXT);
    private Optional<Windows> windows = Optional.empty();
    private int read;

    private final List<Object[]> rows = new ArrayList<>(List.of(
            row("Free money! Free!", 1, "spam"),
            row("see you at the meeting", 2, "ham"),
            row("free", 3, "spam"),
            row("the money meeting", 4, "ham"),
            row("lunch? lunch, lunch, lunch!", 5, "ham"),
            row("money for the lunch", 6, "spam")));

    /** free 3, then what comes twice and once, each from the end of the alphabet; lunch is in no row to train on. */
    @Test
    void theVocabularyIsThatOfTheTrainingPart() throws IOException {
        final DatasetPair pair = read();

        assertThat(vocabulary(pair.training())).containsExactly("free", "the", "money", "meeting", "you", "see", "at");
        assertThat(pair.training().sampleShape()).isEqualTo(Shape.of(4));
        assertThat(pair.training().numbers(0)).containsExactly(2, 4, 2, 0);
        assertThat(pair.training().numbers(1)).containsExactly(7, 6, 8, 3);
        assertThat(pair.heldOut().orElseThrow().numbers(0)).containsExactly(1, 1, 1, 1);
        assertThat(pair.heldOut().orElseThrow().numbers(1)).containsExactly(4, 1, 3, 1);
        assertThat(pair.warnings()).isEmpty();
    }

    @Test
    void aDatasetIsTheSameWhenItIsOpenedAgain() throws IOException {
        final Dataset training = read().training();

        final Dataset opened = Dataset.open(training.folder());

        assertThat(opened.info()).isEqualTo(training.info());
        assertThat(opened.numbers(3)).containsExactly(3, 4, 5, 0);
        assertThat(opened.cell(0, 0)).isEqualTo("free money free");
        assertThat(opened.cell(1, 0)).isEqualTo("see you at the");
    }

    /** Its words are stored, not their numbers, so that a word that its own training part lacks is not lost. */
    @Test
    void anotherModelsVocabularyIsPutOverStoredTexts() throws IOException {
        final Dataset other = read().heldOut().orElseThrow();
        final Preprocessing model = Preprocessing.UNKNOWN.completedBy(modelData("lunch for you", "lunch for me"));

        final Dataset seen = model.scaled(other, "the validation data");

        // lunch 2, for 3, you 4, me 5
        assertThat(seen.numbers(0)).containsExactly(2, 2, 2, 2);
        assertThat(seen.numbers(1)).containsExactly(1, 3, 1, 2);
    }

    @Test
    void shorterSequencesThanTheModelsAreRefused() throws IOException {
        final Preprocessing model = Preprocessing.UNKNOWN.completedBy(modelData("a b"));
        tokens = rule(3);
        final Dataset shorter = read().training();

        assertThatThrownBy(() -> model.scaled(shorter, "the validation data"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The column \"text\" should hold 4 words (lower and strip punctuation) in the validation data"
                                + " texts as in the training data, but it holds 3 words (lower and strip punctuation); read these"
                                + " data with the same settings.");
    }

    @Test
    void missingTextsAreRefusedLeftOutOrEmpty() throws IOException {
        rows.get(2)[0] = null;
        assertThatThrownBy(this::read).hasMessageContaining("a value in the column \"text\", but it is missing");

        missing = MissingRule.LEAVE_OUT;
        assertThat(read().training().samples()).isEqualTo(3);

        missing = MissingRule.FILL;
        final DatasetPair filled = read();
        assertThat(filled.training().numbers(2)).containsExactly(0, 0, 0, 0);
        assertThat(filled.training().cell(2, 0)).isNull();
        assertThat(filled.warnings())
                .containsExactly("1 missing cell of texts was filled in with the mean or the most frequent text of the"
                        + " training data, or with an empty text to split.");
    }

    @Test
    void textsWithoutWordsAreSaid() throws IOException {
        rows.get(2)[0] = "...";

        final DatasetPair pair = read();

        assertThat(pair.training().numbers(2)).containsExactly(0, 0, 0, 0);
        assertThat(pair.training().cell(2, 0)).isEqualTo("");
        assertThat(pair.warnings())
                .containsExactly("The column \"text\" of texts has 1 text without words among the rows to train on; all"
                        + " their numbers are 0.");
        rows.forEach(row -> row[0] = " ");
        assertThatThrownBy(this::read).hasMessageContaining("should have words in some row of the training data");
    }

    @Test
    void numbersBesideWordsAreDoubtful() throws IOException {
        features = List.of(TEXT, SIZE);

        final DatasetPair pair = read();

        assertThat(pair.training().sampleShape()).isEqualTo(Shape.of(5));
        assertThat(pair.training().numbers(0)).startsWith(2, 4, 2, 0).endsWith((float) (-1.5 / Math.sqrt(1.25)));
        assertThat(pair.training().cell(0, 1)).isEqualTo(1.0);
        assertThat(pair.warnings())
                .containsExactly("The samples of texts hold the numbers of tokens and of other columns side by side"
                        + " (\"size\"); a layer Embedding takes tokens alone, so leave the others out unless the network"
                        + " tells them apart.");
    }

    /** A text that says the class is seen as one of a category is. */
    @Test
    void aTextThatIsTheLabelIsSaid() throws IOException {
        heldOut = new HeldOut.None();
        rows.forEach(row -> row[0] = "this is " + row[2]);

        assertThat(read().warnings())
                .containsExactly("The column \"text\" of texts tells the label by itself in all 6 samples to train on;"
                        + " remove it unless it is known of new samples, too.");
    }

    @Test
    void windowsAndAutoencodersOfWordsAreRefused() {
        goal = new Goal.Features();
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Samples that are learned themselves should be numbers and categories, but the column \"text\""
                                + " is split into words, whose numbers are names; choose another target.");
        goal = new Goal.Classes("kind");
        windows = Optional.of(new Windows(SIZE, Optional.empty(), 2, 1, false));
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "Windows over time are made of numbers and categories, but the column \"text\" is split into"
                                + " words; leave it out, or let each row be a sample.");
    }

    /** A row would take 8 MB; nothing is written before the disk was asked. */
    @Test
    void sequencesThatFillTheDiskAreRefusedBeforeTheyAreWritten() {
        tokens = rule(1 << 20);
        rows.addAll(Collections.nCopies(4_000_000, row("a b", 1, "ham")));

        assertThatThrownBy(this::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The dataset texts needs 33554")
                .hasMessageEndingWith("are free; free some space or set a limit.");
        assertThat(folder).isEmptyDirectory();
    }

    private static TokenRule rule(final int length) {
        return new TokenRule(new TextSplit(Standardize.LOWER_AND_STRIP_PUNCTUATION, Unit.WHITESPACE, length), 100);
    }

    private static Object[] row(final String text, final double size, final String kind) {
        return new Object[] {text, size, kind};
    }

    /** What a model learned from, whose vocabulary is that of these texts. */
    private Dataset modelData(final String... texts) throws IOException {
        final List<Object[]> learned = new ArrayList<>();
        for (final String text : texts) {
            learned.add(row(text, 1, "ham"));
        }
        final HeldOut before = heldOut;
        heldOut = new HeldOut.None();
        final Dataset training = TableReader.read(
                        request(table(learned)), folder.resolve("model"), folder.resolve("nothing"), done -> true)
                .training();
        heldOut = before;
        return training;
    }

    private static List<String> vocabulary(final Dataset dataset) {
        return ((TokenEncoding) dataset.info()
                        .columns()
                        .orElseThrow()
                        .encoding()
                        .columns()
                        .get(0))
                .vocabulary();
    }

    private DatasetPair read() throws IOException {
        read++;
        return TableReader.read(
                request(table(rows)),
                folder.resolve("training-" + read),
                folder.resolve("held-out-" + read),
                done -> true);
    }

    private static TableRows table(final List<Object[]> rows) {
        return new ListRows("texts", List.of(TEXT, SIZE, KIND), rows);
    }

    private TableRequest request(final TableRows table) {
        return new TableRequest(
                table,
                Optional.empty(),
                features.stream().map(this::rule).toList(),
                goal,
                Optional.empty(),
                new ReadRequest.Split(heldOut, false, new Limit.None()),
                windows);
    }

    private ColumnRule rule(final Column column) {
        final ColumnRule rule = new ColumnRule(column, NumberScaling.STANDARDIZED, missing, UnknownRule.OTHER);
        return column.equals(TEXT) ? rule.withTokens(tokens) : rule;
    }
}
