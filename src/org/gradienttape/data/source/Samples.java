package org.gradienttape.data.source;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.gradienttape.data.ElementType;
import org.gradienttape.data.Target;

/** The samples of a source: those to train on and, where asked for, its test samples behind them. Read once, in order. */
public interface Samples extends Closeable {
    /** For people, for example "MNIST". */
    String name();

    /** Where they are, for a sentence. */
    String place();

    /** What the labels are called. */
    default String targetName() {
        return Target.LABEL;
    }

    /** By label; empty when they are not known before the labels are read. */
    List<String> classNames();

    /** The sizes of one sample, in one to any number of dimensions. */
    List<Integer> sampleDimensions();

    /** How its numbers are stored. */
    ElementType elementType();

    /** How one number of a sample is named at the start of a sentence; the first is 0. */
    default String feature(final int number) {
        return "Number " + (number + 1);
    }

    int trainingSamples();

    /** 0 when the test samples are not read. */
    int testSamples();

    /**
     * The labels of all samples.
     *
     * @throws org.gradienttape.error.InvalidInputException for a label outside the classes, where these are known
     */
    int[] readLabels() throws IOException;

    /** What looked wrong while the labels and the samples were read, one sentence each. */
    default List<String> warnings() {
        return List.of();
    }

    /** Hands all samples that are asked for to the copy, in order. */
    void copy(SampleCopy copy) throws IOException;
}
