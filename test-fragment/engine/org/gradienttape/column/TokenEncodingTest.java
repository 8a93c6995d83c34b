package org.gradienttape.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.gradienttape.column.TextSplit.Standardize;
import org.gradienttape.column.TextSplit.Unit;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.junit.jupiter.api.Test;

/** The numbers of token-references.json come from TensorFlow and NumPy, as its first line says. */
class TokenEncodingTest {
    private static final Column TEXT = new Column("message", Column.Kind.TEXT);
    private static final TextSplit WORDS = new TextSplit(Standardize.LOWER_AND_STRIP_PUNCTUATION, Unit.WHITESPACE, 4);

    @Test
    void vocabulariesAndNumbersAreThoseOfKeras() throws IOException {
        final JsonObject references;
        try (InputStream file = TokenEncodingTest.class.getResourceAsStream("token-references.json");
                Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            references = JsonParser.parseReader(reader).getAsJsonObject();
        }
        final List<String> texts = strings(references, "texts");

        assertThat(references.getAsJsonArray("cases")).hasSize(16);
        for (final JsonElement element : references.getAsJsonArray("cases")) {
            final JsonObject wanted = element.getAsJsonObject();
            final TokenRule rule = new TokenRule(
                    new TextSplit(
                            Standardize.valueOf(constant(wanted, "standardize")),
                            Unit.valueOf(constant(wanted, "unit")),
                            wanted.get("length").getAsInt()),
                    wanted.get("size").getAsInt());

            final Learned learned = new Learned(rule, MissingRule.REFUSE, texts);

            final List<float[]> numbers = new ArrayList<>();
            wanted.getAsJsonArray("numbers").forEach(row -> numbers.add(floats(row)));
            assertThat(learned.vocabulary()).as("%s", rule).isEqualTo(strings(wanted, "vocabulary"));
            for (int i = 0; i < texts.size(); i++) {
                assertThat(learned.stored(i)).as(texts.get(i)).containsExactly(numbers.get(i));
                assertThat(learned.shown(texts.get(i))).as(texts.get(i)).containsExactly(numbers.get(i));
            }
        }
    }

    @Test
    void aTextIsFilledUpOrCutAndUnknownWordsAreOne() {
        final Learned learned = learned("a b b c c c");

        assertThat(learned.vocabulary()).containsExactly("c", "b", "a");
        assertThat(learned.shown("B, c!")).containsExactly(3, 2, 0, 0);
        assertThat(learned.shown("what a b")).containsExactly(1, 4, 3, 0);
        assertThat(learned.shown("c c c c a a a")).containsExactly(2, 2, 2, 2);
        assertThat(learned.shown("")).containsExactly(0, 0, 0, 0);
    }

    /** Words behind the length of a sequence count for the vocabulary. */
    @Test
    void aVocabularyIsOfWholeTexts() {
        assertThat(learned("a b c d e e e").vocabulary()).containsExactly("e", "d", "c", "b", "a");
    }

    @Test
    void aVocabularyIsAtMostAsLargeAsItShouldBeAndMayBeSmaller() {
        assertThat(new Learned(new TokenRule(WORDS, 4), MissingRule.REFUSE, List.of("a b b c c c")).vocabulary())
                .containsExactly("c", "b");
        assertThat(new Learned(new TokenRule(WORDS, 1 << 20), MissingRule.REFUSE, List.of("a")).vocabulary())
                .containsExactly("a");
    }

    @Test
    void aPairOfHalvesIsOneCharacterAndAHalfAloneIsTheOneThatStandsForNone() {
        final TokenRule characters = new TokenRule(new TextSplit(Standardize.NONE, Unit.CHARACTER, 4), 100);

        final Learned learned =
                new Learned(characters, MissingRule.REFUSE, List.of("\ud83d\ude00\ud83d\ude00\ud83dx", "\ude00"));

        assertThat(learned.vocabulary()).containsExactly("\ud83d\ude00", "\ufffd", "x");
        assertThat(learned.shown("x\ud83d\ude00\ude00\ud83d")).containsExactly(4, 2, 3, 3);
    }

    /** Nobody's vocabulary needs such a word, and it would be in memory, in the dataset and in the model. */
    @Test
    void aWordOfAThousandCharactersIsTheLongestThatIsKnown() {
        final String longest = "x".repeat(1000);

        final Learned learned = learned(longest + " y " + longest + "x");

        assertThat(learned.vocabulary()).containsExactly("y", longest);
        assertThat(learned.shown(longest + "x " + longest)).containsExactly(1, 3, 0, 0);
    }

    @Test
    void aTextOfTenMegabytesIsRead() {
        final String words = "spam and eggs ".repeat(10_000_000 / 14);
        final String oneWord = "x".repeat(10_000_000);

        final Learned learned = new Learned(new TokenRule(WORDS, 100), MissingRule.REFUSE, List.of(words, oneWord));

        assertThat(learned.vocabulary()).containsExactly("spam", "eggs", "and");
        assertThat(learned.shown(words)).containsExactly(2, 4, 3, 2);
        assertThat(learned.shown(oneWord)).containsExactly(1, 0, 0, 0);
    }

    @Test
    void moreDifferentWordsThanADatasetCanDescribeAreRefused() {
        final TokenCounts counts = new TokenCounts("message", WORDS);
        final double[] row = new double[4];

        assertThatThrownBy(() -> IntStream.range(0, 1 << 20).forEach(i -> counts.take("w" + i, row, 0)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The different words of a text may take at most 12582912 bytes, but the column \"message\""
                        + " has more than 551914 of them; use fewer rows, or split the text into characters.");
    }

    @Test
    void aMissingTextIsRefusedOrEmpty() {
        final Learned strict = learned("a b");
        final Learned forgiving = new Learned(new TokenRule(WORDS, 100), MissingRule.FILL, List.of("a b"));

        assertThat(strict.encodes(null)).isFalse();
        assertThat(strict.rows.trouble(cells(null))).contains("the column \"message\" is missing");
        assertThat(forgiving.shown(null)).containsExactly(0, 0, 0, 0);
    }

    @Test
    void textsWithoutAnyWordCannotBeLearnedFrom() {
        assertThatThrownBy(() -> learned("", " ... "))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The column \"message\" should have words in some row of the training data, but all its texts"
                                + " are empty or missing; choose another column.");
    }

    @Test
    void rowsOfWhichNothingIsKnownAreSaid() {
        final Learned learned = learned("free money");

        learned.shown("free lunch");
        learned.shown("");
        assertThat(learned.rows.doubt()).isEmpty();
        learned.shown("שלום עולם " + "x".repeat(50));

        assertThat(learned.rows.doubt())
                .contains("1 of 3 rows have a text of which nothing is in the vocabulary, such as \"שלום עולם "
                        + "x".repeat(30) + " ...\" in the column \"message\"; their predictions mean little.");
    }

    @Test
    void sizesAndLengthsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new TokenRule(WORDS, 0))
                .hasMessage("A vocabulary may have the size 3 to 1048576, with 0 for no token and 1 for an unknown one,"
                        + " but 0 is set; change it.");
        assertThatThrownBy(() -> new TokenRule(WORDS, 2)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new TokenRule(WORDS, (1 << 20) + 1)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new TextSplit(Standardize.NONE, Unit.WHITESPACE, 0))
                .hasMessage("A text may become 1 to 1048576 words, but 0 are set; change the length.");
        assertThatThrownBy(() -> new TextSplit(Standardize.NONE, Unit.CHARACTER, (1 << 20) + 1))
                .hasMessageContaining("1 to 1048576 characters");
    }

    @Test
    void aFileMayNameATokenOnlyOnceAndNoneThatMeansSomethingElse() {
        final String right = "{\"columns\":[{\"name\":\"message\",\"kind\":\"text\",\"split\":{\"standardize\":"
                + "\"lower_and_strip_punctuation\",\"unit\":\"whitespace\",\"length\":4},\"vocabulary\":[\"a\",\"b\"],"
                + "\"missing_is_empty\":false}]}";

        assertThat(ColumnJson.toJson(read(right))).hasToString(right);
        assertThat(read(right).columns())
                .containsExactly(new TokenEncoding("message", WORDS, List.of("a", "b"), false));
        assertThatThrownBy(() -> read(right.replace("\"b\"", "\"a\"")))
                .hasMessage("The tokens of a vocabulary should differ, but that of \"message\" has one twice.");
        assertThatThrownBy(() -> read(right.replace("\"b\"", "\"[UNK]\""))).hasMessageContaining("or [UNK]");
        assertThatThrownBy(() -> read(right.replace("\"b\"", "\"\""))).hasMessageContaining("has an empty one");
        assertThatThrownBy(() -> read(right.replace("\"length\":4", "\"length\":2147483647")))
                .hasMessageContaining("1 to 1048576 words");
        assertThatThrownBy(() -> read(right.replace("whitespace", "sentence"))).hasMessageContaining("unit");
    }

    @Test
    void storedTextsComeBack() {
        final List<StoredColumn> columns = List.of(new StoredColumn(TEXT, List.of("a", "b"), Optional.of(WORDS)));

        final String json = "{\"stored\":" + ColumnJson.toJson(columns) + "}";

        assertThat(ColumnJson.storedColumns(fields(json), "stored")).isEqualTo(columns);
    }

    @Test
    void textsThatWereSplitOtherwiseAreRefused() {
        final TokenEncoding encoding =
                (TokenEncoding) learned("a b").encoding.columns().get(0);
        final TextSplit shorter = new TextSplit(WORDS.standardize(), WORDS.unit(), 3);
        final TextSplit characters = new TextSplit(WORDS.standardize(), Unit.CHARACTER, 4);

        assertThatThrownBy(() -> put(encoding, Optional.of(shorter)))
                .hasMessage(
                        "The column \"message\" should hold 4 words (lower and strip punctuation) in the data as in the"
                                + " training data, but it holds 3 words (lower and strip punctuation); read these data with the"
                                + " same settings.");
        assertThatThrownBy(() -> put(encoding, Optional.of(characters)))
                .hasMessageContaining("but it holds 4 characters");
        assertThatThrownBy(() -> put(encoding, Optional.empty())).hasMessageContaining("but it holds whole texts");
        assertThatThrownBy(() ->
                        put(new OneHotEncoding("message", List.of("a"), true, Optional.empty()), Optional.of(WORDS)))
                .hasMessageContaining("should hold whole texts in the data");
    }

    /** What was kept for a longer sequence is enough for a shorter one. */
    @Test
    void longerSequencesAreCut() {
        final TokenEncoding encoding =
                new TokenEncoding("message", new TextSplit(WORDS.standardize(), WORDS.unit(), 2), List.of("b"), false);
        final float[] features = new float[2];

        final boolean isEncoded = Encoder.of(
                        new Encoding(List.of(encoding)),
                        List.of(new StoredColumn(TEXT, List.of("a", "b"), Optional.of(WORDS))),
                        "the data")
                .encode(new double[] {0, 1, 1, -1}, features, 0);

        assertThat(isEncoded).isTrue();
        assertThat(features).containsExactly(1, 2);
    }

    private static void put(final ColumnEncoding encoding, final Optional<TextSplit> split) {
        Encoder.of(new Encoding(List.of(encoding)), List.of(new StoredColumn(TEXT, List.of("a"), split)), "the data");
    }

    private static Encoding read(final String json) {
        return ColumnJson.encoding(fields(json));
    }

    private static JsonFields fields(final String json) {
        return JsonFields.parse(json.getBytes(StandardCharsets.UTF_8), new JsonFields.Source("columns.json", "Again."));
    }

    private static Learned learned(final String... texts) {
        return new Learned(new TokenRule(WORDS, 100), MissingRule.REFUSE, List.of(texts));
    }

    private static Cells cells(final String text) {
        return new Cells() {
            @Override
            public double number(final int column) {
                throw new AssertionError("there are no numbers");
            }

            @Override
            public String text(final int column) {
                return text;
            }
        };
    }

    private static List<String> strings(final JsonObject json, final String name) {
        return StreamSupport.stream(json.getAsJsonArray(name).spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
    }

    private static float[] floats(final JsonElement row) {
        final float[] floats = new float[row.getAsJsonArray().size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = row.getAsJsonArray().get(i).getAsFloat();
        }
        return floats;
    }

    private static String constant(final JsonObject json, final String name) {
        return json.get(name).getAsString().toUpperCase(Locale.ROOT);
    }

    /** What texts of a training part teach. */
    private static final class Learned {
        private final Encoding encoding;
        private final List<double[]> stored = new ArrayList<>();
        private final Encoder encoder;
        private final RowEncoder rows;

        Learned(final TokenRule rule, final MissingRule missing, final List<String> texts) {
            final ColumnRule column =
                    new ColumnRule(TEXT, NumberScaling.AS_IT_IS, missing, UnknownRule.OTHER).withTokens(rule);
            final TokenCounts counts = new TokenCounts("message", rule.split());
            final EncodingLearner learner = new EncodingLearner(List.of(column));
            for (final String text : texts) {
                final double[] row = new double[rule.split().length()];
                counts.take(text, row, 0);
                learner.add(row);
                stored.add(row);
            }
            final List<StoredColumn> columns = List.of(column.stored(counts.list()));
            this.encoding = learner.learn(columns, List.of(counts));
            this.encoder = Encoder.of(encoding, columns, "the data");
            this.rows = new RowEncoder(encoding, List.of(new Column("other", Column.Kind.NUMBER), TEXT), "the table");
        }

        List<String> vocabulary() {
            return ((TokenEncoding) encoding.columns().get(0)).vocabulary();
        }

        float[] stored(final int text) {
            final float[] features = new float[encoding.width()];
            assertThat(encoder.encode(stored.get(text), features, 0)).isTrue();
            return features;
        }

        float[] shown(final String text) {
            final float[] features = new float[encoding.width()];
            assertThat(rows.encode(cells(text), features, 0)).isTrue();
            return features;
        }

        boolean encodes(final String text) {
            return rows.encode(cells(text), new float[encoding.width()], 0);
        }
    }
}
