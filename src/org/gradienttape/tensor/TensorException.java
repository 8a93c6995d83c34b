package org.gradienttape.tensor;

/** Something that tensors do not do; the message says what was expected, what was found and, where it helps, what to do. */
public final class TensorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TensorException(final String message) {
        super(message);
    }
}
