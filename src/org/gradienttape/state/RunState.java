package org.gradienttape.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a run remembered at one moment, by names such as "loop/epoch".
 *
 * @param values texts, whole numbers (Long), numbers (Double), truth values
 * @param arrays float[], double[], long[] or byte[]; not copied
 */
public record RunState(Map<String, Object> values, Map<String, Object> arrays) {
    public RunState {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }
}
