package org.gradienttape.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Starts those other libraries that are there. */
final class Peers {
    private Peers() {}

    /**
     * The peers, ready.
     *
     * @param notes takes a sentence for each peer that is not there or refuses
     */
    static List<Contestant> of(final PeerTask task, final List<Peer> peers, final List<String> notes)
            throws IOException {
        final List<Contestant> ready = new ArrayList<>();
        for (final Peer peer : peers) {
            try {
                ready.add(PeerProcess.start(peer, task));
            } catch (final PeerRefusal refusal) {
                notes.add(refusal.getMessage());
                System.out.println(refusal.getMessage());
            }
        }
        return ready;
    }
}
