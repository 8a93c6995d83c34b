package org.gradienttape.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;

/**
 * The fields of one JSON object. Each is asked for with its type, and {@link #finish} refuses what nobody asked for.
 * Every method throws {@link InvalidInputException} for a field that is absent or of another type.
 */
public final class JsonFields {
    private final JsonObject object;
    private final String path;
    private final Source source;
    private final Set<String> read = new HashSet<>();

    /**
     * Where the text comes from, for error sentences.
     *
     * @param name for example "The model file /tmp/a.zip"
     * @param advice what a person can do about a wrong one, for example "write the model again"
     */
    public record Source(String name, String advice) {
        /** A part of it, for example one layer of a network. */
        public Source part(final String what) {
            return new Source(name + ", " + what, advice);
        }

        /** An error sentence: name, what was expected and found, advice. */
        public InvalidInputException error(final String expectedAndFound) {
            return new InvalidInputException(name + " cannot be used: " + expectedAndFound + "; " + advice + ".");
        }

        /** An error that its content made, such as a layer that cannot be; begins with the name, once. */
        public InvalidInputException error(final InvalidInputException ofContent) {
            return ofContent.getMessage().startsWith(name)
                    ? ofContent
                    : new InvalidInputException(name + ": " + ofContent.getMessage(), ofContent);
        }

        /**
         * Checks its content.
         *
         * @throws InvalidInputException what the check refuses, with the name
         */
        public void check(final Runnable check) {
            try {
                check.run();
            } catch (final InvalidInputException refused) {
                throw error(refused);
            }
        }
    }

    private JsonFields(final JsonObject object, final String path, final Source source) {
        this.object = object;
        this.path = path;
        this.source = source;
    }

    /** The fields of a text in UTF-8 that is one JSON object. */
    public static JsonFields parse(final byte[] text, final Source source) {
        final JsonElement root = StrictJson.parse(text, source);
        if (!root.isJsonObject()) {
            throw source.error("a JSON object was expected, but the text is " + shortened(root));
        }
        return new JsonFields(root.getAsJsonObject(), "", source);
    }

    /** The fields of an object that was made of others. */
    public static JsonFields of(final JsonObject object, final Source source) {
        return new JsonFields(object, "", source);
    }

    /** A copy of the object, for one whose fields are made into those of another. */
    public JsonObject copy() {
        return object.deepCopy();
    }

    /** The names of all fields, in the text's order. */
    public Set<String> names() {
        return object.keySet();
    }

    public boolean has(final String name) {
        return object.has(name);
    }

    public String string(final String name) {
        return typed(name, "a text", JsonFields::isString).getAsString();
    }

    public boolean bool(final String name) {
        return typed(name, "true or false", JsonFields::isBoolean).getAsBoolean();
    }

    /** A finite number. */
    public double number(final String name) {
        final double value = typed(name, "a number", JsonFields::isNumber).getAsDouble();
        if (!Double.isFinite(value)) {
            throw wrong(name, "a finite number", object.get(name));
        }
        return value;
    }

    /** A whole number within these limits, both included. */
    public long integer(final String name, final long smallest, final long largest) {
        return toLong(name, typed(name, "a whole number", JsonFields::isNumber), smallest, largest);
    }

    /** Whole numbers within these limits, both included. */
    public List<Long> integers(final String name, final long smallest, final long largest) {
        return list(name, JsonFields::isNumber, "a whole number", element -> {
            return toLong(name, element, smallest, largest);
        });
    }

    /** Finite numbers. */
    public List<Double> numbers(final String name) {
        return list(name, JsonFields::isNumber, "a number", element -> {
            final double value = element.getAsDouble();
            if (!Double.isFinite(value)) {
                throw wrong(name, "a list of finite numbers", element);
            }
            return value;
        });
    }

    public List<String> strings(final String name) {
        return list(name, JsonFields::isString, "a text", JsonElement::getAsString);
    }

    /** One of some constants, written in small letters. */
    public <E extends Enum<E>> E constant(final String name, final E[] constants) {
        final String found = string(name);
        return Arrays.stream(constants)
                .filter(constant -> text(constant).equals(found))
                .findFirst()
                .orElseThrow(() -> error(
                        name,
                        "one of "
                                + Arrays.stream(constants).map(JsonFields::text).collect(Collectors.joining(", ")),
                        found));
    }

    /** How a constant is written. */
    public static String text(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public JsonFields object(final String name) {
        return inner(name, typed(name, "an object", JsonElement::isJsonObject));
    }

    public List<JsonFields> objects(final String name) {
        return list(name, JsonElement::isJsonObject, "an object", element -> inner(name, element));
    }

    /** Refuses fields that were not asked for. */
    public void finish() {
        for (final String name : object.keySet()) {
            if (!read.contains(name)) {
                throw source.error(
                        "the fields " + String.join(", ", read.stream().sorted().toList())
                                + " were expected, but there is an unknown field " + path + name);
            }
        }
    }

    /** An error sentence about one field. */
    public InvalidInputException error(final String name, final String expected, final String found) {
        return source.error("the field " + path + name + " should be " + expected + ", but it is " + found);
    }

    private JsonElement typed(final String name, final String expected, final Predicate<JsonElement> type) {
        read.add(name);
        final JsonElement element = object.get(name);
        if (element == null) {
            throw source.error("the field " + path + name + " (" + expected + ") was expected, but it is missing");
        }
        if (!type.test(element)) {
            throw wrong(name, expected, element);
        }
        return element;
    }

    private <T> List<T> list(
            final String name,
            final Predicate<JsonElement> type,
            final String expected,
            final Function<JsonElement, T> conversion) {
        final JsonArray array = typed(name, "a list", JsonElement::isJsonArray).getAsJsonArray();
        final List<T> values = new ArrayList<>(array.size());
        for (final JsonElement element : array) {
            if (!type.test(element)) {
                throw wrong(name, "a list of which each element is " + expected, element);
            }
            values.add(conversion.apply(element));
        }
        return values;
    }

    private JsonFields inner(final String name, final JsonElement element) {
        return new JsonFields(element.getAsJsonObject(), path + name + ".", source);
    }

    private long toLong(final String name, final JsonElement element, final long smallest, final long largest) {
        final String expected = "a whole number from " + smallest + " to " + largest;
        try {
            final long value = Long.parseLong(element.getAsString());
            if (value >= smallest && value <= largest) {
                return value;
            }
            throw wrong(name, expected, element);
        } catch (final NumberFormatException notWhole) {
            throw new InvalidInputException(wrong(name, expected, element).getMessage(), notWhole);
        }
    }

    private InvalidInputException wrong(final String name, final String expected, final JsonElement found) {
        return error(name, expected, shortened(found));
    }

    private static String shortened(final JsonElement element) {
        final String text = element.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private static boolean isString(final JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isString();
    }

    private static boolean isNumber(final JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isNumber();
    }

    private static boolean isBoolean(final JsonElement element) {
        return element instanceof JsonPrimitive primitive && primitive.isBoolean();
    }
}
