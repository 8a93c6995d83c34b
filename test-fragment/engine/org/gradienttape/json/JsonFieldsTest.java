package org.gradienttape.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {
    private static final JsonFields.Source SOURCE = new JsonFields.Source("The file a.json", "get it again");

    @Test
    void readsEveryType() {
        final JsonFields json = parse("{\"text\": \"a\", \"yes\": true, \"half\": 0.5, \"whole\": -3, \"list\": [1, 2],"
                + " \"texts\": [\"x\", \"y\"], \"inner\": {\"a\": 1}, \"objects\": [{\"b\": 2}, {\"b\": 3}]}");

        assertThat(json.string("text")).isEqualTo("a");
        assertThat(json.bool("yes")).isTrue();
        assertThat(json.number("half")).isEqualTo(0.5);
        assertThat(json.integer("whole", -5, 5)).isEqualTo(-3);
        assertThat(json.integers("list", 0, 9)).containsExactly(1L, 2L);
        assertThat(json.strings("texts")).containsExactly("x", "y");
        assertThat(json.object("inner").integer("a", 0, 9)).isEqualTo(1);
        assertThat(json.objects("objects"))
                .extracting(object -> object.integer("b", 0, 9))
                .containsExactly(2L, 3L);
        assertThat(json.has("text")).isTrue();
        assertThat(json.has("absent")).isFalse();
        json.finish();
    }

    @Test
    void limitsOfWholeNumbersAreAllowed() {
        final JsonFields json = parse("{\"low\": -5, \"high\": 5, \"no\": false}");

        assertThat(json.integer("low", -5, 5)).isEqualTo(-5);
        assertThat(json.integer("high", -5, 5)).isEqualTo(5);
        assertThat(json.bool("no")).isFalse();
        assertRefused(() -> json.integer("low", -4, 5), "from -4 to 5, but it is -5");
        assertRefused(() -> json.integer("high", -5, 4), "from -5 to 4, but it is 5");
    }

    @Test
    void showsTheBeginningOfWhatIsLong() {
        final String sixty = "x".repeat(58);

        assertRefused(() -> parse("{\"a\": \"" + sixty + "\"}").bool("a"), "but it is \"" + sixty + "\"; get");
        assertRefused(() -> parse("{\"a\": \"" + sixty + "y\"}").bool("a"), "but it is \"" + sixty + "y...; get");
    }

    @Test
    void refusesAnUnknownField() {
        final JsonFields json = parse("{\"a\": 1, \"b\": 2}");
        json.integer("a", 0, 9);

        assertRefused(json::finish, "the fields a were expected, but there is an unknown field b");
    }

    @Test
    void refusesAFieldThatIsMissing() {
        assertRefused(() -> parse("{}").string("a"), "the field a (a text) was expected, but it is missing");
    }

    @Test
    void refusesOtherTypes() {
        final JsonFields json = parse(
                "{\"a\": 1, \"b\": \"1\", \"c\": 1.5, \"d\": [1, \"x\"], \"e\": null, \"f\": 1e999, \"g\": {\"h\":"
                        + " 1}}");

        assertRefused(() -> json.string("a"), "the field a should be a text, but it is 1");
        assertRefused(() -> json.integer("b", 0, 9), "the field b should be a whole number, but it is \"1\"");
        assertRefused(() -> json.integer("c", 0, 9), "the field c should be a whole number from 0 to 9, but it is 1.5");
        assertRefused(() -> json.integer("a", 2, 9), "from 2 to 9, but it is 1");
        assertRefused(
                () -> json.integers("d", 0, 9), "a list of which each element is a whole number, but it is \"x\"");
        assertRefused(() -> json.string("e"), "but it is null");
        assertRefused(() -> json.number("f"), "a finite number");
        assertRefused(() -> json.bool("a"), "true or false");
        assertRefused(() -> json.object("a"), "an object");
        assertRefused(() -> json.object("g").string("h"), "the field g.h should be a text");
    }

    @Test
    void refusesTextsThatAreNoJsonObject() {
        assertRefused(() -> parse("[1]"), "a JSON object was expected, but the text is [1]");
        assertRefused(() -> parse(""), "the text is damaged");
        assertRefused(() -> parse("{\"a\": 1"), "the text is damaged");
        assertRefused(() -> parse("{\"a\": 1,}"), "the text is damaged");
        assertRefused(() -> parse("{a: 1}"), "the text is damaged");
        assertRefused(() -> parse("{\"a\": NaN}"), "the text is damaged");
        assertRefused(() -> parse("{\"a\": TRUE}"), "the text is damaged");
        assertRefused(() -> parse("{\"a\": 1} {}"), "the text is damaged");
        assertRefused(() -> parse("[".repeat(10_000)), "the text is damaged");
    }

    @Test
    void refusesAFieldThatIsThereTwice() {
        assertRefused(() -> parse("{\"a\": 1, \"a\": 1}"), "each field was expected once, but a is there twice");
    }

    @Test
    void refusesANumberOfEndlessDigits() {
        assertThat(parse("{\"a\": 0." + "1".repeat(38) + "}").number("a")).isEqualTo(1.0 / 9);
        assertRefused(() -> parse("{\"a\": 0." + "1".repeat(39) + "}"), "at most 40 digits", "one has 41");
        assertRefused(() -> parse("{\"a\": " + "1".repeat(101) + "}"), "at most 40 digits", "one has 101");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        final byte[] latin1 = "{\"ä\": 1}".getBytes(StandardCharsets.ISO_8859_1);

        assertRefused(() -> JsonFields.parse(latin1, SOURCE), "JSON in UTF-8 was expected");
    }

    private static JsonFields parse(final String text) {
        return JsonFields.parse(text.getBytes(StandardCharsets.UTF_8), SOURCE);
    }

    private static void assertRefused(final ThrowingCallable call, final String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The file a.json cannot be used: ")
                .hasMessageEndingWith("; get it again.")
                .hasMessageContainingAll(parts);
    }
}
