package org.gradienttape.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerPlan;
import org.gradienttape.layer.WeightSpec;

/** How a layer in Java stands in model.json: its code, which is text and nothing else here, and its plan. */
final class CodeLayerFormat {
    private CodeLayerFormat() {}

    static void write(final CodeLayer layer, final JsonObject json) {
        final LayerPlan plan = layer.plan();
        json.addProperty("class", plan.className());
        json.addProperty("code", layer.source());
        json.add("input_shape", LayerFormat.toJson(plan.input()));
        json.add("output_shape", LayerFormat.toJson(plan.output()));
        json.addProperty("activation", LayerFormat.name(plan.activation()));
        json.addProperty("passes_on", plan.passesOn());
        final JsonArray weights = new JsonArray();
        plan.weights().forEach(weight -> weights.add(toJson(weight)));
        json.add("weights", weights);
        final JsonArray parts = new JsonArray();
        plan.parts().forEach(part -> parts.add(toJson(part)));
        json.add("parts", parts);
        json.add("output_from", names(plan.outputFrom()));
    }

    static CodeLayer read(final JsonFields json) {
        final List<WeightSpec> weights = new ArrayList<>();
        for (final JsonFields weight : json.objects("weights")) {
            weights.add(weight(weight));
        }
        final List<LayerPlan.Part> parts = new ArrayList<>();
        for (final JsonFields part : json.objects("parts")) {
            parts.add(part(part));
        }
        return new CodeLayer(
                json.string("code"),
                new LayerPlan(
                        json.string("class"),
                        LayerFormat.shape(json, "input_shape"),
                        LayerFormat.shape(json, "output_shape"),
                        LayerFormat.activation(json),
                        json.bool("passes_on"),
                        weights,
                        parts,
                        json.strings("output_from")));
    }

    private static JsonObject toJson(final WeightSpec weight) {
        final JsonObject json = new JsonObject();
        json.addProperty("name", weight.name());
        json.add("shape", LayerFormat.toJson(weight.shape()));
        json.addProperty("initializer", JsonFields.text(weight.initializer()));
        json.addProperty("fan_in", weight.fanIn());
        json.addProperty("fan_out", weight.fanOut());
        json.addProperty("trainable", weight.trainable());
        json.addProperty("given", weight.given().isPresent());
        return json;
    }

    private static WeightSpec weight(final JsonFields json) {
        final WeightSpec weight = new WeightSpec(
                json.string("name"),
                LayerFormat.shape(json, "shape"),
                json.constant("initializer", Initializer.values()),
                (int) json.integer("fan_in", 0, Integer.MAX_VALUE),
                (int) json.integer("fan_out", 0, Integer.MAX_VALUE),
                json.bool("trainable"),
                json.bool("given") ? Optional.of(WeightSpec.Given.ELSEWHERE) : Optional.empty());
        json.finish();
        return weight;
    }

    /** A layer of ours stands there with its arguments, one in Java with its class. */
    private static JsonObject toJson(final LayerPlan.Part part) {
        final JsonObject json = new JsonObject();
        json.addProperty("name", part.name());
        part.layer()
                .ifPresentOrElse(
                        layer -> json.add("layer", LayerFormat.toJson(layer)),
                        () -> json.addProperty("class", part.type()));
        json.add("output_shape", LayerFormat.toJson(part.output()));
        json.add("from", names(part.from()));
        return json;
    }

    private static LayerPlan.Part part(final JsonFields json) {
        final Optional<Layer> layer =
                json.has("layer") ? Optional.of(LayerFormat.fromJson(json.object("layer"))) : Optional.empty();
        final LayerPlan.Part part = new LayerPlan.Part(
                json.string("name"),
                layer.isPresent() ? layer.get().type() : json.string("class"),
                layer,
                LayerFormat.shape(json, "output_shape"),
                json.strings("from"));
        json.finish();
        return part;
    }

    private static JsonArray names(final List<String> names) {
        final JsonArray json = new JsonArray();
        names.forEach(json::add);
        return json;
    }
}
