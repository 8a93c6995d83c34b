package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @Test
    void placeholdersAreReplacedAndTheRestStays() {
        final NamePattern pattern = NamePattern.parse("generated_img${ Epoch }_${step}.png");

        assertThat(pattern.columns()).containsExactly("Epoch", "step");
        assertThat(pattern.name(Map.of("Epoch", "1", "step", "200")::get)).isEqualTo("generated_img1_200.png");
    }

    @Test
    void aValueIsNotReadAsAPatternAgain() {
        assertThat(NamePattern.parse("${a}").name(column -> "${b}")).isEqualTo("${b}");
    }

    @Test
    void aTextWithoutPlaceholdersIsItself() {
        final NamePattern pattern = NamePattern.parse("cost 5$ {a}.png");

        assertThat(pattern.columns()).isEmpty();
        assertThat(pattern.name(column -> "x")).isEqualTo("cost 5$ {a}.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"img${step.png", "img${}.png", "img${ }.png", "${a}${"})
    void aPlaceholderWithoutNameOrEndIsRefused(final String text) {
        assertThatThrownBy(() -> NamePattern.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("A placeholder of the file name pattern is written ${column}, but it is \""
                        + text.substring(text.lastIndexOf("${")) + "\" in \"" + text + "\"; correct it.");
    }

    @Test
    void aColumnMayBeTheWholeName() {
        final NamePattern pattern = NamePattern.ofColumn("File }${name");

        assertThat(pattern.columns()).containsExactly("File }${name");
        assertThat(pattern.name(column -> "a.png")).isEqualTo("a.png");
    }

    @Test
    void aBlankPatternIsRefused() {
        assertThatThrownBy(() -> NamePattern.parse(" "))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The file name pattern is empty; write one, such as \"generated_img${step}.png\".");
    }
}
