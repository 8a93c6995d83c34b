package org.gradienttape.bench;

/** Why a peer does not take part: one sentence. */
final class PeerRefusal extends Exception {
    private static final long serialVersionUID = 1;

    PeerRefusal(final String message) {
        super(message);
    }
}
