package org.gradienttape.model;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a model comes from.
 *
 * @param createdBy what made the weights, for example "Model Builder" or "GradientTape Trainer"
 * @param dataset the name of the data it was trained on; empty for fresh weights
 * @param settings of the run, by name; kept sorted so that equal models give equal files
 */
public record Provenance(String createdBy, Optional<String> dataset, Map<String, String> settings) {
    public Provenance {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** The same with one more setting. */
    public Provenance with(final String name, final String value) {
        final Map<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new Provenance(createdBy, dataset, more);
    }

    /** Of fresh weights. */
    public static Provenance of(final String createdBy) {
        return new Provenance(createdBy, Optional.empty(), Map.of());
    }
}
