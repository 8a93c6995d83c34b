package org.gradienttape.nodes;

import java.io.IOException;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;

/**
 * Calls the engine and turns what it throws into KNIME's exceptions, with the engine's sentence as the message. All that a
 * person can cause arrives here; any other exception is a defect and passes through.
 *
 * @param <T> what the engine answers
 */
@FunctionalInterface
public interface EngineCall<T> {
    T run() throws IOException;

    /** Calls while settings are checked or a node is configured. */
    static <T> T configuring(final EngineCall<T> call) throws InvalidSettingsException {
        try {
            return call.run();
        } catch (final InvalidInputException | IOException e) {
            throw new InvalidSettingsException(FileTrouble.sentence(e), e);
        }
    }

    /** Calls while a node is executed. */
    static <T> T executing(final EngineCall<T> call) throws KNIMEException {
        try {
            return call.run();
        } catch (final InvalidInputException | IOException e) {
            throw new KNIMEException(FileTrouble.sentence(e), e);
        }
    }
}
