package org.gradienttape.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Test
    void halvesOfCharactersStayAsEscapes() {
        assertThat(new String(JsonText.bytes("It", "\"\ud83d\"", "cut it"), StandardCharsets.UTF_8))
                .isEqualTo("\"\\ud83d\"");
    }

    /** 64 MiB are 67,108,864 bytes; the sign of the euro takes three. */
    @Test
    void refusesToWriteWhatIsTooLongToBeRead() {
        final String most = "x".repeat((1 << 26) - 3);

        assertThat(JsonText.bytes("It", most + "\u20ac", "cut it")).hasSize(1 << 26);
        assertThatThrownBy(() -> JsonText.bytes("It", most + "\u20acx", "cut it"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("It may take at most 67108864 bytes, but it takes 67108865; cut it.");
    }
}
