package org.gradienttape.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Damaged files of every kind, the same in every build as far as the time allows. */
class FuzzTest {
    private static final Duration TIME = Duration.ofSeconds(45);
    private static final long SEED = 2024;

    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));

    @Test
    void everyDamagedFileIsReadOrRefusedInOneSentence() throws Exception {
        final Fuzz.Report report = Fuzz.run(TIME, SEED, ROOT, "");

        assertThat(report.faults()).isEmpty();
        assertThat(report.lines()).hasSizeGreaterThan(18);
        assertThat(report.files()).isGreaterThan(1000);
    }

    @Test
    void theSameSeedMakesTheSameFiles() throws Exception {
        for (final Target target : EngineTargets.all(ROOT)) {
            assertThat(Fuzz.damaged(target, SEED, 5)).isEqualTo(Fuzz.damaged(target, SEED, 5));
        }
    }
}
