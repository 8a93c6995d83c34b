package org.gradienttape.host.saved;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.host.api.text.Sentence;

/** Collects what went wrong while a workflow was loaded, one sentence each. */
final class LoadReport {

    private final List<String> errors = new ArrayList<>();

    void error(final String sentence) {
        errors.add(Sentence.readable(sentence));
    }

    List<String> errors() {
        return List.copyOf(errors);
    }
}
