package org.gradienttape.state;

/** Something that knows itself what of it a run has to remember. */
@FunctionalInterface
public interface Kept {
    /** Keeps what there is to remember, or goes back to it. */
    void keep(Memory memory);
}
