package org.gradienttape.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;

/** A target as JSON, as datasets and models keep it. */
public final class TargetJson {
    private enum Kind {
        CLASSES,
        NUMBERS,
        FEATURES,
        NONE
    }

    private TargetJson() {}

    public static JsonObject toJson(final Target target) {
        final JsonObject json = new JsonObject();
        json.addProperty("kind", JsonFields.text(kind(target)));
        if (target instanceof Target.Classes classes) {
            json.addProperty("column", classes.name());
            final JsonArray names = new JsonArray();
            classes.names().forEach(names::add);
            json.add("names", names);
        } else if (target instanceof Target.Numbers numbers) {
            final JsonArray scalings = new JsonArray();
            numbers.scalings().forEach(scaling -> scalings.add(toJson(scaling)));
            json.add("numbers", scalings);
        }
        return json;
    }

    /** @throws InvalidInputException if it is damaged */
    public static Target from(final JsonFields json) {
        final Target target =
                switch (json.constant("kind", Kind.values())) {
                    case CLASSES -> new Target.Classes(json.string("column"), json.strings("names"));
                    case NUMBERS ->
                        new Target.Numbers(json.objects("numbers").stream()
                                .map(TargetJson::scaling)
                                .toList());
                    case FEATURES -> new Target.Features();
                    case NONE -> Target.NONE;
                };
        json.finish();
        return target;
    }

    private static Kind kind(final Target target) {
        if (target instanceof Target.Classes) {
            return Kind.CLASSES;
        }
        if (target instanceof Target.Numbers) {
            return Kind.NUMBERS;
        }
        return target instanceof Target.Features ? Kind.FEATURES : Kind.NONE;
    }

    private static JsonObject toJson(final TargetScaling scaling) {
        final JsonObject json = new JsonObject();
        json.addProperty("column", scaling.name());
        json.addProperty("shift", scaling.shift());
        json.addProperty("divisor", scaling.divisor());
        return json;
    }

    private static TargetScaling scaling(final JsonFields json) {
        final TargetScaling scaling =
                new TargetScaling(json.string("column"), json.number("shift"), json.number("divisor"));
        json.finish();
        return scaling;
    }
}
