package org.gradienttape.graph;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.gradienttape.tensor.Tensor;

/**
 * Operations as words that can be compared: what has equal words is the same program but for the numbers of the JVM, which
 * are kept beside.
 */
public final class Notes {
    private long[] words = new long[1 << 10];
    private int length;
    private double[] numbers = new double[1 << 6];
    private int numberCount;
    private long kind;

    void clear() {
        length = 0;
        kind = 0;
        numberCount = 0;
    }

    /** How many words there are. */
    int length() {
        return length;
    }

    /**
     * An operation.
     *
     * @param attributes its own
     * @param places of its inputs, by their numbers
     */
    void operation(final Tensor node, final long[] attributes, final IntUnaryOperator places) {
        reserve(1 + node.inputCount() + attributes.length);
        words[length++] = node.operation().code()
                | (long) node.inputCount() << 16
                | (long) attributes.length << 32
                | (long) node.numberCount() << 48;
        for (int i = 0; i < node.inputCount(); i++) {
            words[length++] = places.applyAsInt(node.input(i).id());
        }
        for (int i = length - 1 - node.inputCount(); i < length; i++) {
            kind = TraceKey.mix(kind, words[i]);
        }
        for (final long attribute : attributes) {
            words[length++] = attribute;
        }
        for (int i = 0; i < node.numberCount(); i++) {
            add(node.number(i).value());
        }
    }

    private void add(final double number) {
        if (numberCount == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numberCount);
        }
        numbers[numberCount++] = number;
    }

    void mark(final long... marks) {
        reserve(marks.length);
        for (final long mark : marks) {
            words[length++] = mark;
        }
    }

    private void reserve(final int more) {
        if (length + more > words.length) {
            words = Arrays.copyOf(words, 2 * words.length + more);
        }
    }

    /** The words up to now; good until the next one. */
    public TraceKey key() {
        return new TraceKey(words, length);
    }

    /** Whether the words from a place on are those of a key. */
    boolean areIn(final TraceKey key, final int from) {
        return key.has(words, from, length);
    }

    /** Whether a key begins with the words up to now. */
    public boolean areBeginningOf(final TraceKey key) {
        return areIn(key, 0);
    }

    /** A number that stands for the operations and what they take from one another, whatever their attributes: also their sizes. */
    public long kind() {
        return kind;
    }

    /** The numbers of the JVM in the operations, in their order. */
    public double[] numbers() {
        return Arrays.copyOf(numbers, numberCount);
    }

    /**
     * Compares the numbers with what a program knows of them, without copying them.
     *
     * @param literals what those have to be that are no arguments
     * @param firsts for each the place of the number that it has to be equal to; negative for a literal
     */
    public boolean fits(final double[] literals, final int[] firsts) {
        for (int i = 0; i < numberCount; i++) {
            final double expected = firsts[i] < 0 ? literals[i] : numbers[firsts[i]];
            if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(numbers[i])) {
                return false;
            }
        }
        return true;
    }

    /** One of the numbers. */
    public double numberAt(final int place) {
        return numbers[place];
    }
}
