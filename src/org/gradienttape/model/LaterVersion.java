package org.gradienttape.model;

/** Why a file was refused: later nodes wrote it. It is whole, so nothing older may take its place silently. */
public final class LaterVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LaterVersion(final long version) {
        super("version " + version);
    }
}
