package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;

class EngineCallTest {
    private static final InvalidInputException MISTAKE = new InvalidInputException("Choose another one.");
    private static final IOException TROUBLE = new IOException("The file is gone.");

    @Test
    void whatTheEngineAnswersComesBack() throws InvalidSettingsException, KNIMEException {
        assertThat(EngineCall.configuring(() -> 7)).isEqualTo(7);
        assertThat(EngineCall.executing(() -> 7)).isEqualTo(7);
    }

    @Test
    void configureRefusesWithTheEnginesSentence() {
        assertThatThrownBy(() -> EngineCall.configuring(() -> fail(MISTAKE)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Choose another one.")
                .hasCause(MISTAKE);
        assertThatThrownBy(() -> EngineCall.configuring(() -> fail(TROUBLE)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("The file is gone.");
    }

    @Test
    void executeFailsWithTheEnginesSentence() {
        assertThatThrownBy(() -> EngineCall.executing(() -> fail(MISTAKE)))
                .isInstanceOf(KNIMEException.class)
                .hasMessage("Choose another one.")
                .hasCause(MISTAKE);
        assertThatThrownBy(() -> EngineCall.executing(() -> fail(TROUBLE)))
                .isInstanceOf(KNIMEException.class)
                .hasMessage("The file is gone.");
    }

    /** The JDK's message of a missing file is its path. */
    @Test
    void aBarePathBecomesASentence() {
        assertThatThrownBy(() -> EngineCall.executing(() -> fail(new NoSuchFileException("/none/tmp"))))
                .isInstanceOf(KNIMEException.class)
                .hasMessage("A file could not be read from /none/tmp (/none/tmp does not exist); check that the file is"
                        + " there and may be read.");
    }

    @Test
    void defectsPassThrough() {
        assertThatThrownBy(() -> EngineCall.executing(() -> fail(new IllegalStateException("defect"))))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Object fail(final Exception failure) throws IOException {
        if (failure instanceof IOException trouble) {
            throw trouble;
        }
        throw (RuntimeException) failure;
    }
}
