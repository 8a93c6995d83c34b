package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkHomeTest {
    @TempDir
    private Path folder;

    /** A folder that looks like Spark's, by its jar. */
    private Path installation(final String version) throws IOException {
        final Path home = folder.resolve("spark-" + version);
        Files.createDirectories(home.resolve("jars"));
        Files.createFile(home.resolve("jars/spark-core_2.12-" + version + ".jar"));
        return Files.createFile(Files.createDirectories(home.resolve("bin")).resolve("spark-submit"));
    }

    @Test
    void itIsFoundByItsSparkSubmitOrByALinkToThat() throws IOException {
        final Path submit = installation("3.5.6");
        final Path home = submit.getParent().getParent();
        final Path link = Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("usr/bin")).resolve("spark-submit"), submit);

        assertThat(SparkHome.of(submit)).isEqualTo(new SparkHome(home, "3.5.6", "2.12"));
        assertThat(SparkHome.of(home)).isEqualTo(new SparkHome(home, "3.5.6", "2.12"));
        assertThat(SparkHome.of(link)).isEqualTo(new SparkHome(home.toRealPath(), "3.5.6", "2.12"));
    }

    @Test
    void anotherVersionIsSaid() throws IOException {
        final Path submit = installation("3.3.1");

        assertThatThrownBy(() -> SparkHome.of(submit))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Spark 3.5 or 4.0 is needed, but " + submit
                        + " belongs to Spark 3.3.1; choose another installation.");
    }

    @Test
    void jarsOfTwoVersionsAreSaid() throws IOException {
        final Path submit = installation("3.5.6");
        Files.createFile(folder.resolve("spark-3.5.6/jars/spark-core_2.13-4.0.1.jar"));

        assertThatThrownBy(() -> SparkHome.of(submit))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("One version of Spark is needed, but " + submit
                        + " belongs to 3.5.6 and 4.0.1; choose another installation.");
    }

    @Test
    void whatIsNoneIsSaid() {
        final Path nothing = folder.resolve("nothing/bin/spark-submit");

        assertThatThrownBy(() -> SparkHome.of(nothing))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The file spark-submit of an installation of Spark 3.5 or 4.0 was expected, but " + nothing
                        + " is none; install Spark and choose its bin/spark-submit.");
    }
}
