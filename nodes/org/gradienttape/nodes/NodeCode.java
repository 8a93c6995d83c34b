package org.gradienttape.nodes;

import org.gradienttape.code.CodeStop;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.KNIMEException;

/** Calls of the engine in which a user's Java code may run, and which a cancel ends. */
public final class NodeCode {
    private NodeCode() {}

    /** Calls while a node is executed. */
    public static <T> T run(final EngineCall<T> call) throws CanceledExecutionException, KNIMEException {
        try {
            return EngineCall.executing(call);
        } catch (final CodeStop cancelled) {
            final CanceledExecutionException known = new CanceledExecutionException();
            known.initCause(cancelled);
            throw known;
        }
    }
}
