package org.gradienttape.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.gradienttape.error.InvalidInputException;

/** JSON as RFC 8259 has it, in UTF-8, with no field twice. */
final class StrictJson {
    private static final int MOST_DIGITS = 40;

    private StrictJson() {}

    static JsonElement parse(final byte[] text, final JsonFields.Source source) {
        final InputStreamReader utf8 = new InputStreamReader(
                new ByteArrayInputStream(text),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonReader reader = new JsonReader(utf8)) {
            reader.setStrictness(Strictness.STRICT);
            final JsonElement root = element(reader, source);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw source.error("the end of the JSON text was expected, but there is more");
            }
            return root;
        } catch (final IOException malformed) {
            throw new InvalidInputException(
                    source.error("JSON in UTF-8 was expected, but the text is damaged")
                            .getMessage(),
                    malformed);
        }
    }

    private static JsonElement element(final JsonReader reader, final JsonFields.Source source) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                return object(reader, source);
            case BEGIN_ARRAY:
                return array(reader, source);
            case STRING:
                return new JsonPrimitive(reader.nextString());
            case NUMBER:
                return number(reader.nextString(), source);
            case BOOLEAN:
                return new JsonPrimitive(reader.nextBoolean());
            default:
                reader.nextNull();
                return JsonNull.INSTANCE;
        }
    }

    private static JsonPrimitive number(final String text, final JsonFields.Source source) {
        if (text.length() > MOST_DIGITS) {
            throw source.error(
                    "numbers of at most " + MOST_DIGITS + " digits were expected, but one has " + text.length());
        }
        try {
            return new JsonPrimitive(new BigDecimal(text));
        } catch (final NumberFormatException exponent) {
            throw new InvalidInputException(
                    source.error("numbers with an exponent of at most 10 digits were expected, but one is " + text)
                            .getMessage(),
                    exponent);
        }
    }

    private static JsonObject object(final JsonReader reader, final JsonFields.Source source) throws IOException {
        final JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            final String name = reader.nextName();
            if (object.has(name)) {
                throw source.error("each field was expected once, but " + name + " is there twice");
            }
            object.add(name, element(reader, source));
        }
        reader.endObject();
        return object;
    }

    private static JsonArray array(final JsonReader reader, final JsonFields.Source source) throws IOException {
        final JsonArray array = new JsonArray();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(element(reader, source));
        }
        reader.endArray();
        return array;
    }
}
