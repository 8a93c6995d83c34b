package org.gradienttape.keras;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gradienttape.json.JsonFields;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.JoinLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.WrapperLayer;

/**
 * Which steps of a sequence count in Keras and here, while a model is read. In both, layers hand masks on by themselves; in a
 * Functional model the operations that compute masks stand among the layers too, and a layer that looks at a mask names it in
 * its call (keras/src/layers/layer.py). We need none of that where both say the same; where a layer looks at a mask that is
 * another one here, the model is refused.
 *
 * <p>A mask is a set of conditions, such as "input is not 0.0", of which a step that counts meets one; empty if all steps
 * count.
 */
final class KerasMasks {
    private static final Set<String> ARGUMENTS = Set.of("mask", "query_mask", "value_mask", "key_mask");
    private static final String NOT_EQUAL = "NotEqual";
    private static final Set<String> OPERATIONS = Set.of(NOT_EQUAL, "Any", "LogicalOr");
    /** A condition that is none of ours. */
    private static final String OF_KERAS = "?";

    /** By the names of our layers, as Keras hands them on. */
    private final Map<String, Set<String>> theirs = new HashMap<>();
    /** The same as we do. */
    private final Map<String, Set<String>> ours = new HashMap<>();

    /** The operations of one model that compute masks. */
    final class Operations {
        private final Map<String, String> layers;
        private final Map<String, Set<String>> masks = new HashMap<>();

        /** @param layers our layers by the names that they have in the model; those to come are put there */
        Operations(final Map<String, String> layers) {
            this.layers = layers;
        }

        /** Takes note of what an operation computes; false if it is none, or not of a mask that a layer of ours can have. */
        boolean take(final String name, final JsonFields operation, final JsonFields.Source ofOperation) {
            final String type = operation.string("class_name");
            if (!KerasNetwork.isOperation(operation) || !OPERATIONS.contains(type)) {
                return false;
            }
            final KerasCall call = KerasCall.of(operation, ofOperation);
            final List<String> from = call.tensors();
            final Set<String> mask = new TreeSet<>();
            if (type.equals(NOT_EQUAL) && call.number().isPresent() && layers.containsKey(from.get(0))) {
                mask.add(isNot(layers.get(from.get(0)), call.number().getAsDouble()));
            } else if (type.equals(NOT_EQUAL) || !masks.keySet().containsAll(from)) {
                return false;
            } else {
                from.forEach(other -> mask.addAll(masks.get(other)));
            }
            masks.put(name, mask);
            return true;
        }

        /**
         * A call without the masks that Keras hands to it by itself.
         *
         * @throws org.gradienttape.error.InvalidInputException if a mask is another one
         */
        KerasCall withoutMasks(final KerasCall call) {
            final Set<String> given = new TreeSet<>(ARGUMENTS);
            given.removeIf(name -> {
                final List<String> from = call.tensors(call.named().get(name));
                return from.isEmpty() || !masks.keySet().containsAll(from);
            });
            final KerasCall rest = call.without(given);
            for (final String name : given) {
                final Set<String> mask =
                        masks.get(call.tensors(call.named().get(name)).get(0));
                if (rest.tensors().stream().anyMatch(from -> !mask.equals(get(theirs, layers.get(from))))) {
                    throw call.source()
                            .error("a call with the mask of what it takes was expected, but it has another " + name);
                }
            }
            return rest;
        }
    }

    /**
     * Hands the masks of what a layer takes on to its output.
     *
     * @param isOperation whether it is no layer in Keras, which hands nothing on there
     * @throws org.gradienttape.error.InvalidInputException if the layer looks at a mask that is another one in Keras
     */
    void handOn(
            final String name,
            final Layer layer,
            final List<String> from,
            final boolean isOperation,
            final JsonFields.Source ofLayer) {
        final Set<String> their = all(theirs, from);
        final Set<String> our = all(ours, from);
        if (looks(layer) && !their.equals(our)) {
            throw ofLayer.error(
                    "steps that are masked as in Keras were expected, but a layer before it hands masks on in another"
                            + " way here, such as BatchNormalization, Concatenate or a sum x + y");
        }
        if (layer instanceof MaskingLayer masking && masking.masks()) {
            final Set<String> mask =
                    Set.of(isNot(from.get(0), layer instanceof MaskingLayer.Masking number ? number.maskValue() : 0));
            theirs.put(name, mask);
            ours.put(name, mask);
            return;
        }
        final boolean handsOn = layer.useOfMask() == MaskingLayer.Use.PASSED_ON;
        if (handsOn) {
            ours.put(name, our);
        }
        if (layer instanceof JoinLayer.Concatenate
                && from.stream().anyMatch(one -> !get(theirs, one).isEmpty())) {
            theirs.put(name, Set.of(OF_KERAS));
        } else if (!isOperation && (handsOn || onlyKerasHandsOn(layer))) {
            theirs.put(name, their);
        }
    }

    private static Set<String> get(final Map<String, Set<String>> masks, final String layer) {
        return masks.getOrDefault(layer, Set.of());
    }

    /** Of several inputs a step counts if it does in one of them, and all if one has no mask. */
    private static Set<String> all(final Map<String, Set<String>> masks, final List<String> from) {
        final Set<String> all = new TreeSet<>();
        for (final String layer : from) {
            if (get(masks, layer).isEmpty()) {
                return Set.of();
            }
            all.addAll(get(masks, layer));
        }
        return all;
    }

    private static String isNot(final String layer, final double number) {
        return layer + " is not " + (number + 0.0); // of which -0 is 0
    }

    private static boolean looks(final Layer layer) {
        return layer.useOfMask() == MaskingLayer.Use.USED_UP
                || layer instanceof RecurrentLayer
                || layer instanceof WrapperLayer.Bidirectional
                || layer instanceof AttentionLayer;
    }

    private static boolean onlyKerasHandsOn(final Layer layer) {
        return layer instanceof NormalizationLayer.BatchNormalization || layer instanceof WrapperLayer.TimeDistributed;
    }
}
