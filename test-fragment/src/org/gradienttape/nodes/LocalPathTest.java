package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class LocalPathTest {
    private static final Path HOME = Path.of(System.getProperty("user.home"));

    @Test
    void tildeIsTheHomeFolder() {
        assertThat(LocalPath.of("~/models", "folder")).isEqualTo(HOME.resolve("models"));
        assertThat(LocalPath.of("~", "folder")).isEqualTo(HOME);
    }

    @Test
    void tildeWithinANameStays() {
        assertThat(LocalPath.of("/data/a~b", "folder"))
                .isEqualTo(Path.of("/data/a~b").toAbsolutePath());
    }

    @Test
    void spacesAroundAPathAreNoPartOfIt() {
        assertThat(LocalPath.of(" /data ", "folder")).isEqualTo(Path.of("/data").toAbsolutePath());
    }

    @Test
    void blankIsNoPath() {
        assertThat(LocalPath.ofOptional("  ", "folder")).isEmpty();
        assertThatThrownBy(() -> LocalPath.of("  ", "folder of the model file"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The folder of the model file is empty; choose one.");
    }

    @Test
    void whatTheSystemRefusesIsNamed() {
        assertThatThrownBy(() -> LocalPath.of("a\0b", "folder"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The folder must be a path of this machine, but it is ");
    }
}
