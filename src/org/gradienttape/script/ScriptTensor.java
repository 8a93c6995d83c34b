package org.gradienttape.script;

import org.gradienttape.layer.Shape;

/**
 * A tensor that a module owns, float32.
 *
 * @param name of the attribute in the code, for example "dense_kernel"
 * @param shape Keras' layout for weights
 * @param values row-major; not copied
 * @param role what the module does with it
 */
public record ScriptTensor(String name, Shape shape, float[] values, Role role) {
    /** What a module does with a tensor. */
    public enum Role {
        /** A weight that an optimizer changes: it has a gradient. */
        PARAMETER,
        /** What an optimizer leaves alone, such as a layer's running mean. */
        BUFFER
    }

    public ScriptTensor {
        if (values.length != shape.size()) {
            throw new IllegalArgumentException(
                    name + " of shape " + shape + " needs " + shape.size() + " numbers, not " + values.length);
        }
    }
}
