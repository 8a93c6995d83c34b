package org.gradienttape.graph;

import java.util.Arrays;

/** The numbers that steps bring, packed one step behind the other. */
final class StepNumbers {
    private long[] integers = new long[1 << 12];
    private int integerCount;
    private float[] floats = new float[1 << 12];
    private int floatCount;
    private int stepIntegers;
    private int stepFloats;

    void beginStep() {
        stepIntegers = integerCount;
        stepFloats = floatCount;
    }

    /** Adds whole numbers to the step; returns where they begin among those of the step. */
    int add(final long[] values) {
        if (integerCount + values.length > integers.length) {
            integers = Arrays.copyOf(integers, 2 * integers.length + values.length);
        }
        System.arraycopy(values, 0, integers, integerCount, values.length);
        integerCount += values.length;
        return integerCount - values.length - stepIntegers;
    }

    /** Adds numbers to the step; returns where they begin among those of the step. */
    int add(final float[] values) {
        if (floatCount + values.length > floats.length) {
            floats = Arrays.copyOf(floats, 2 * floats.length + values.length);
        }
        System.arraycopy(values, 0, floats, floatCount, values.length);
        floatCount += values.length;
        return floatCount - values.length - stepFloats;
    }

    /** Numbers of the step, from where they begin. */
    float[] floats(final int from, final int count) {
        return Arrays.copyOfRange(floats, stepFloats + from, stepFloats + from + count);
    }

    /** Takes away what the step has added. */
    void forgetStep() {
        integerCount = stepIntegers;
        floatCount = stepFloats;
    }

    /** The numbers of the steps before the one that is under way, which are forgotten here. */
    Trace.Packed takeBefore() {
        final Trace.Packed before =
                new Trace.Packed(Arrays.copyOf(integers, stepIntegers), Arrays.copyOf(floats, stepFloats));
        integerCount -= stepIntegers;
        floatCount -= stepFloats;
        System.arraycopy(integers, stepIntegers, integers, 0, integerCount);
        System.arraycopy(floats, stepFloats, floats, 0, floatCount);
        beginAtZero();
        return before;
    }

    private void beginAtZero() {
        stepIntegers = 0;
        stepFloats = 0;
    }

    /** The numbers of the step that is under way. */
    Trace.Packed ofStep() {
        return new Trace.Packed(
                Arrays.copyOfRange(integers, stepIntegers, integerCount),
                Arrays.copyOfRange(floats, stepFloats, floatCount));
    }
}
