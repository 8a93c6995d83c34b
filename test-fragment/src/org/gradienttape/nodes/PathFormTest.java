package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathFormTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // text | on Windows | elsewhere
                "C:\\models | WHOLE | OF_WINDOWS",
                "c:/models/my net | WHOLE | OF_WINDOWS",
                "C:\\ | WHOLE | OF_WINDOWS",
                "C: | WITHOUT_DRIVE | OF_WINDOWS",
                "C:models | WITHOUT_DRIVE | RELATIVE",
                "\\\\server\\share\\x | WHOLE | OF_WINDOWS",
                "//server/share/x | WHOLE | WHOLE",
                "\\models | WITHOUT_DRIVE | OF_WINDOWS",
                "/models | WITHOUT_DRIVE | WHOLE",
                "/ | WITHOUT_DRIVE | WHOLE",
                "models | RELATIVE | RELATIVE",
                "models\\best | RELATIVE | RELATIVE",
                "../models | RELATIVE | RELATIVE",
                ". | RELATIVE | RELATIVE",
                "12:30 model | RELATIVE | RELATIVE",
                "knime model | RELATIVE | RELATIVE",
                "$HOME/models | VARIABLE | VARIABLE",
                "${knime.workspace} | VARIABLE | VARIABLE",
                "%USERPROFILE%\\models | VARIABLE | VARIABLE",
                "./$x | RELATIVE | RELATIVE",
                "%20 | RELATIVE | RELATIVE",
                "~ | HOME | HOME",
                "~/models | HOME | HOME",
                "~\\models | HOME | HOME",
                "~models | RELATIVE | RELATIVE",
                "knime://knime.workflow/data | URL | URL",
                "KNIME://LOCAL/x | URL | URL",
                "knime:x | URL | URL",
                "file:/tmp | URL | URL",
                "file:///C:/tmp | URL | URL",
                "file:C:/tmp | URL | URL",
                "https://example.org/x.npz | URL | URL",
                "s3:/bucket/x | URL | URL",
                "hdfs:\\\\x | URL | URL"
            })
    void onlyWholePathsDifferBetweenSystems(final String text, final PathForm onWindows, final PathForm elsewhere) {
        assertThat(PathForm.of(text, true)).isEqualTo(onWindows);
        assertThat(PathForm.of(text, false)).isEqualTo(elsewhere);
    }
}
