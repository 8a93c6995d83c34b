package org.gradienttape.model;

import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.JsonText;

/** The entry run.json of a checkpoint: the single values of a run's state, by their types. */
final class RunJson {
    private static final String FORMAT = "gradienttape-run";
    private static final int VERSION = 1;

    private RunJson() {}

    /**
     * @param values texts, Long, Double and Boolean
     * @throws InvalidInputException if it is longer than what is read again
     */
    static byte[] toBytes(final Map<String, Object> values) {
        final JsonObject texts = new JsonObject();
        final JsonObject integers = new JsonObject();
        final JsonObject numbers = new JsonObject();
        final JsonObject flags = new JsonObject();
        values.forEach((name, value) -> {
            if (value instanceof Long integer) {
                integers.addProperty(name, integer);
            } else if (value instanceof Double number) {
                numbers.addProperty(name, number.toString()); // every bit, and NaN
            } else if (value instanceof Boolean flag) {
                flags.addProperty(name, flag);
            } else {
                texts.addProperty(name, (String) value);
            }
        });
        final JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("version", VERSION);
        json.add("texts", texts);
        json.add("integers", integers);
        json.add("numbers", numbers);
        json.add("flags", flags);
        return JsonText.bytes(
                "The state of the run", json.toString(), "let the fields of the Java code hold shorter texts");
    }

    static Map<String, Object> parse(final byte[] text, final JsonFields.Source source) {
        final JsonFields json = JsonFields.parse(text, source);
        if (!json.string("format").equals(FORMAT)) {
            throw json.error("format", FORMAT, json.string("format"));
        }
        final long version = json.integer("version", 1, Long.MAX_VALUE);
        if (version > VERSION) {
            throw new InvalidInputException(
                    source.name() + " holds a run of the format's version " + version
                            + ", but these nodes read it up to version " + VERSION
                            + "; update the extension GradientTape Nodes.",
                    new LaterVersion(version));
        }
        final Map<String, Object> values = new LinkedHashMap<>();
        addTo(values, json.object("texts"), JsonFields::string);
        addTo(values, json.object("integers"), (fields, name) -> fields.integer(name, Long.MIN_VALUE, Long.MAX_VALUE));
        addTo(values, json.object("numbers"), RunJson::number);
        addTo(values, json.object("flags"), JsonFields::bool);
        json.finish();
        return values;
    }

    private static void addTo(
            final Map<String, Object> values,
            final JsonFields fields,
            final BiFunction<JsonFields, String, Object> value) {
        fields.names().forEach(name -> values.put(name, value.apply(fields, name)));
    }

    private static double number(final JsonFields fields, final String name) {
        final String text = fields.string(name);
        try {
            return Double.parseDouble(text);
        } catch (final NumberFormatException none) {
            throw new InvalidInputException(
                    fields.error(name, "a number", text.substring(0, Math.min(20, text.length())))
                            .getMessage(),
                    none);
        }
    }
}
