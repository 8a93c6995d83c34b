package org.gradienttape.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    @ParameterizedTest
    @CsvSource({
        "img0.png, PNG, img0.png",
        "img0.PNG, PNG, img0.PNG",
        "img0, PNG, img0.png",
        "v1.5, PNG, v1.5.png",
        "img0.png, JPEG, img0.jpg",
        "img0.jpeg, JPEG, img0.jpeg",
        "img0.JPG, PNG, img0.png",
        "console.png, PNG, console.png",
        "com10, PNG, com10.png",
        "Größe ½, PNG, Größe ½.png"
    })
    void aPlainNameGetsTheEndingOfItsFormat(final String wanted, final ImageFormat format, final String name) {
        assertThat(FileName.of(wanted, format)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b.png", "a\\b.png", "../b.png", "..\\b.png", "/etc/b.png", "\\\\server\\share\\b.png"})
    void aNameThatLeadsElsewhereIsRefused(final String name) {
        assertRefused(name, "the file name \"" + name + "\" leads to another folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:b.png", "b.png:stream", "a?.png", "a*.png", "a<b", "a>b", "a|b", "a\"b"})
    void driveLettersAndWhatWindowsForbidsAreRefused(final String name) {
        assertRefused(
                name,
                "the file name \"" + name + "\" holds one of the characters < > : \" | ? *, which are not for file"
                        + " names");
    }

    /** From "Naming Files, Paths, and Namespaces", learn.microsoft.com. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CON",
                "con.png",
                "Prn.jpg",
                "AUX",
                "nul.tar.png",
                "COM0",
                "COM1",
                "com9.png",
                "COM\u00b9.png",
                "LPT1",
                "lpt\u00b3",
                "CONIN$",
                "conout$.png",
                "NUL .png"
            })
    void reservedWindowsNamesAreRefused(final String name) {
        assertRefused(name, "the file name \"" + name + "\" is a device on Windows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b.png", "a\nb.png", "a\tb.png", "a\u007fb.png", "a\u0085b.png"})
    void controlCharactersAreRefused(final String name) {
        assertRefused(name, "the file name \"a?b.png\" holds a control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"img.", "img ", "img.png.", "img.png ", ".", ".."})
    void aDotOrASpaceAtTheEndIsRefused(final String name) {
        assertRefused(name, "the file name \"" + name + "\" ends with a dot or a space");
    }

    @Test
    void anEmptyNameIsRefused() {
        assertRefused("", "the file name \"\" is empty");
        assertRefused("  ", "the file name \"  \" is empty");
        assertRefused(".png", "the file name \".png\" has nothing before its ending");
    }

    /** 255 bytes is the longest name of ext4, 255 characters that of NTFS and APFS. */
    @Test
    void aNameMayHave255BytesWithItsEnding() {
        assertThat(FileName.of("a".repeat(251), ImageFormat.PNG)).hasSize(255);
        assertRefused("a".repeat(252), "the file name \"aaaaaaaaaaaaaaaaaaaa...\" is longer than 255 bytes");
        assertRefused(
                "\u00e4".repeat(126), "the file name \"" + "\u00e4".repeat(20) + "...\" is longer than 255 bytes");
    }

    @Test
    void namesThatMayMeanTheSameFileAreTheSame() {
        assertThat(FileName.identity("IMG.png")).isEqualTo(FileName.identity("img.PNG"));
        assertThat(FileName.identity("\u00e4.png")).isEqualTo(FileName.identity("A\u0308.png"));
        assertThat(FileName.identity("img1.png")).isNotEqualTo(FileName.identity("img2.png"));
    }

    private static void assertRefused(final String name, final String sentence) {
        assertThatThrownBy(() -> FileName.of(name, ImageFormat.PNG))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(sentence);
    }
}
