package org.gradienttape.model;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gradienttape.column.ColumnJson;
import org.gradienttape.column.Encoding;
import org.gradienttape.data.PixelRange;
import org.gradienttape.data.Pixels;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Scaling;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetJson;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.JsonText;

/** Preprocessing as JSON, as it stands in model.json. */
public final class PreprocessingJson {
    private static final JsonFields.Source STORED =
            new JsonFields.Source("The stored preprocessing", "run the node that made it again");

    private PreprocessingJson() {}

    /** The preprocessing as one JSON object. */
    public static String write(final Preprocessing preprocessing) {
        return JsonText.of(toJson(preprocessing).toString());
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
        if (!(preprocessing.target() instanceof Target.None)) {
            json.add("target", TargetJson.toJson(preprocessing.target()));
        }
        preprocessing.encoding().ifPresent(encoding -> json.add("encoding", ColumnJson.toJson(encoding)));
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
        final Optional<Encoding> encoding =
                json.has("encoding") ? Optional.of(ColumnJson.encoding(json.object("encoding"))) : Optional.empty();
        final Preprocessing preprocessing = json.has("class_names") // as first versions wrote it
                ? Preprocessing.ofClasses(json.strings("class_names"), pixels)
                : new Preprocessing(target(json), pixels, encoding);
        json.finish();
        return preprocessing;
    }

    private static Target target(final JsonFields json) {
        return json.has("target") ? TargetJson.from(json.object("target")) : Target.NONE;
    }
}
