package org.gradienttape.export;

import com.google.gson.Gson;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gradienttape.data.Scaling;
import org.gradienttape.model.Model;

/**
 * What a file says of its model beside the network, as texts by name: <i>input_shape</i> and <i>output_shape</i> of one
 * sample, JSON lists; <i>class_names</i>, a JSON list in the order of the outputs; <i>pixel_divisor</i> and
 * <i>pixel_shift</i>, with which stored numbers became those that the network learned from, stored / divisor + shift. What
 * is not known is not there.
 */
final class Metadata {
    private Metadata() {}

    static SortedMap<String, String> of(final Model model) {
        final Gson json = new Gson();
        final SortedMap<String, String> texts = new TreeMap<>();
        texts.put("input_shape", json.toJson(model.network().input().dimensions()));
        texts.put("output_shape", json.toJson(model.network().output().dimensions()));
        if (!model.preprocessing().classNames().isEmpty()) {
            texts.put("class_names", json.toJson(model.preprocessing().classNames()));
        }
        model.preprocessing().pixels().ifPresent(pixels -> {
            final Scaling scaling = pixels.scaling();
            texts.put("pixel_divisor", Float.toString(scaling.divisor()));
            texts.put("pixel_shift", Float.toString(scaling.shift()));
        });
        return texts;
    }
}
