package org.gradienttape.torch;

/** How the operations of a step reach the engine. The numbers are the same up to rounding. */
public enum Execution {
    /** The whole step is one piece of code that the engine runs by itself, several batches per call: the fastest. */
    COMPILED,
    /** Operation by operation, from Java, inside a {@link GradientTape}. */
    EAGER
}
