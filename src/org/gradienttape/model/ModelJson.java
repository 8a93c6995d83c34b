package org.gradienttape.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.json.JsonFields;
import org.gradienttape.json.JsonText;
import org.gradienttape.layer.Network;

/**
 * The entry model.json: all of a model but its weights.
 *
 * @param network the layers
 * @param preprocessing how samples became what the model learned from
 * @param provenance where the weights come from
 */
record ModelJson(Network network, Preprocessing preprocessing, Provenance provenance) {
    /** Making it takes longer than all that it does for a checkpoint. */
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private static final String FORMAT = "gradienttape-model";
    private static final int VERSION = 2;
    /** Has no preprocessing; the names of the classes are in the provenance. */
    private static final int FIRST_VERSION = 1;

    /** @throws InvalidInputException if it is longer than what is read again */
    byte[] toBytes() {
        final JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("version", VERSION);
        NetworkJson.addTo(json, network);
        json.add("preprocessing", PreprocessingJson.toJson(preprocessing));
        json.add("provenance", provenanceJson());
        return JsonText.bytes(
                "The description of the model", GSON.toJson(json) + "\n", "choose fewer columns, classes or words");
    }

    static ModelJson parse(final byte[] text, final JsonFields.Source source) {
        final JsonFields json = JsonFields.parse(text, source);
        if (!json.string("format").equals(FORMAT)) {
            throw json.error("format", FORMAT, json.string("format"));
        }
        final long version = json.integer("version", FIRST_VERSION, VERSION);
        final Network network = NetworkJson.from(json, source);
        final JsonFields provenance = json.object("provenance");
        final Preprocessing preprocessing = version == FIRST_VERSION
                ? Preprocessing.ofClasses(provenance.strings("class_names"), Optional.empty())
                : PreprocessingJson.from(json.object("preprocessing"));
        final ModelJson model = new ModelJson(network, preprocessing, provenance(provenance));
        json.finish();
        return model;
    }

    /**
     * Looks at the version alone, since all else may be different in a later one.
     *
     * @throws InvalidInputException if it is a later one; what is wrong otherwise is found by {@link #parse}
     */
    static void checkVersion(final byte[] text, final JsonFields.Source source) {
        final JsonFields json = JsonFields.parse(text, source);
        if (!json.has("format") || !json.string("format").equals(FORMAT)) {
            return;
        }
        final long version = json.integer("version", 1, Long.MAX_VALUE);
        if (version > VERSION) {
            throw new InvalidInputException(source.name() + " is of the format's version " + version
                    + ", but these nodes read it up to version " + VERSION
                    + "; update the extension GradientTape Nodes.");
        }
    }

    private JsonObject provenanceJson() {
        final JsonObject json = new JsonObject();
        json.addProperty("created_by", provenance.createdBy());
        provenance.dataset().ifPresent(dataset -> json.addProperty("dataset", dataset));
        final JsonObject settings = new JsonObject();
        provenance.settings().forEach(settings::addProperty);
        json.add("settings", settings);
        return json;
    }

    private static Provenance provenance(final JsonFields json) {
        final Optional<String> dataset = json.has("dataset") ? Optional.of(json.string("dataset")) : Optional.empty();
        final JsonFields named = json.object("settings");
        final Map<String, String> settings = new TreeMap<>();
        named.names().forEach(name -> settings.put(name, named.string(name)));
        final Provenance provenance = new Provenance(json.string("created_by"), dataset, settings);
        json.finish();
        return provenance;
    }
}
