package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;

/** Preprocessing as JSON, as it stands in model.json. */
public final class PreprocessingJson {
    private static final JsonFields.Source STORED =
            new JsonFields.Source("The stored preprocessing", "run the node that made it again");

    private PreprocessingJson() {}

    /** The preprocessing as one JSON object. */
    public static String write(final Preprocessing preprocessing) {
        return toJson(preprocessing).toString();
    }

    /**
     * Reads what {@link #write} gave.
     *
     * @throws InvalidInputException if it is damaged
     */
    public static Preprocessing read(final String text) {
        return from(JsonFields.parse(text.getBytes(StandardCharsets.UTF_8), STORED));
    }

    static JsonObject toJson(final Preprocessing preprocessing) {
        final JsonObject json = new JsonObject();
        final JsonArray classNames = new JsonArray();
        preprocessing.classNames().forEach(classNames::add);
        json.add("class_names", classNames);
        preprocessing.pixels().ifPresent(pixels -> {
            json.addProperty("pixel_scaling", JsonFields.text(pixels.scaling()));
            json.addProperty("stored_range", JsonFields.text(pixels.stored()));
        });
        return json;
    }

    static Preprocessing from(final JsonFields json) {
        final Optional<Pixels> pixels = json.has("pixel_scaling")
                ? Optional.of(new Pixels(
                        json.constant("pixel_scaling", Scaling.values()),
                        json.constant("stored_range", PixelRange.values())))
                : Optional.empty();
        final Preprocessing preprocessing = new Preprocessing(json.strings("class_names"), pixels);
        json.finish();
        return preprocessing;
    }
}
