package org.gradienttape.torch;

/** Numbers that a step gives; they are there when the steps that wait have run. */
public final class Fetched {
    private float[] numbers;

    void set(final float[] computed) {
        numbers = computed;
    }

    /** Row by row. */
    public float[] numbers() {
        if (numbers == null) {
            throw new IllegalStateException("the step has not run yet");
        }
        return numbers;
    }

    /** The only number. */
    public float number() {
        return numbers()[0];
    }
}
