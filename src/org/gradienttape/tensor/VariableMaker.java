package org.gradienttape.tensor;

/** Makes variables that last for a run. */
@FunctionalInterface
public interface VariableMaker {
    /**
     * A new variable.
     *
     * @param name for example "dense/kernel"
     * @param values at the start, row by row; copied
     */
    Variable variable(String name, float[] values, long... shape);
}
