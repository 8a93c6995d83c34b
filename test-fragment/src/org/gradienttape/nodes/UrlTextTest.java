package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.CharacterCodingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "knime://knime.workflow/data | knime://knime.workflow/data",
                "KNIME://LOCAL/a b | knime://LOCAL/a%20b",
                "knime://LOCAL/a%20b | knime://LOCAL/a%20b",
                "knime://LOCAL/run #3?.csv | knime://LOCAL/run%20%233%3F.csv",
                "knime://LOCAL/100%.csv | knime://LOCAL/100%25.csv",
                "knime://LOCAL/50%zz%2 | knime://LOCAL/50%25zz%252",
                "knime://LOCAL/100%25.csv | knime://LOCAL/100%25.csv",
                "knime://LOCAL/a%2520b | knime://LOCAL/a%2520b",
                "knime://LOCAL/größe | knime://LOCAL/gr%C3%B6%C3%9Fe",
                "knime://LOCAL/gr%c3%b6%C3%9Fe | knime://LOCAL/gr%C3%B6%C3%9Fe",
                "knime://LOCAL/[a]{b} | knime://LOCAL/%5Ba%5D%7Bb%7D",
                "knime:\\\\LOCAL\\a\\b | knime://LOCAL/a/b",
                "knime://LOCAL/a+b | knime://LOCAL/a+b",
                "knime://LOCAL | knime://LOCAL",
                "knime://LOCAL/../x/ | knime://LOCAL/../x/"
            })
    void everyCharacterThatAUrlShouldNotHoldGetsACode(final String text, final String encoded)
            throws CharacterCodingException {
        assertThat(UrlText.parse(text).encoded()).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // text | on Windows | elsewhere
                "file:/tmp/a%20b | /tmp/a b | /tmp/a b",
                "file:///tmp/a b | /tmp/a b | /tmp/a b",
                "file://localhost/tmp | /tmp | /tmp",
                "FILE:///C:/a%20b | C:/a b | C:/a b",
                "file:C:/x | C:/x | C:/x",
                "file:C:\\x | C:/x | C:/x",
                "file://server/share/x | //server/share/x |",
                "file:////server/share | //server/share | //server/share",
                "file:x | x | x"
            })
    void aUrlOfAFileIsAPath(final String text, final String onWindows, final String elsewhere)
            throws CharacterCodingException {
        assertThat(UrlText.parse(text).file(true)).contains(onWindows);
        assertThat(UrlText.parse(text).file(false).orElse(null)).isEqualTo(elsewhere);
    }

    @Test
    void codesThatAreNoCharactersAreRefused() {
        assertThatThrownBy(() -> UrlText.parse("knime://LOCAL/gr%F6%DFe")).isInstanceOf(CharacterCodingException.class);
    }
}
