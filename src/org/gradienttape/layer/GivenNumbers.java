package org.gradienttape.layer;

/**
 * The first numbers of a weight, where a user's layer gives them itself. A description of the weight says that there are some and
 * not which, so all are alike; a model file has them among its weights.
 */
public final class GivenNumbers {
    /** Of a model file. */
    public static final GivenNumbers ELSEWHERE = new GivenNumbers();

    private final float[] numbers;

    /** Takes a copy. */
    GivenNumbers(final float... numbers) {
        this.numbers = numbers.clone();
    }

    void copyInto(final float[] values) {
        if (numbers.length != values.length) {
            throw new IllegalStateException("the numbers of this weight are in a model file");
        }
        System.arraycopy(numbers, 0, values, 0, numbers.length);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof GivenNumbers;
    }

    @Override
    public int hashCode() {
        return GivenNumbers.class.hashCode();
    }
}
