package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.gradienttape.model.ModelFile;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a training process, as kill -9 does, at random moments, until it has come to its end: what it leaves is what an
 * undisturbed one leaves, byte for byte. {@code -Dgradienttape.kills=100} kills more often.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("gradienttape.kills", 6);
    private static final long SEED = Long.getLong("gradienttape.killSeed", 1);
    private static final long LONGEST_MINUTES = 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(KilledRun.Kind.class)
    void aKilledRunEndsLikeAnUndisturbedOne(final KilledRun.Kind kind, final TestReporter reporter) throws Exception {
        TestData.mnistImages(folder.resolve("data"), 2000);
        final Path expected = folder.resolve("expected");
        final long start = System.nanoTime();
        assertThat(finished(process(kind, "undisturbed", expected))).isTrue();
        final long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        final SplittableRandom random = new SplittableRandom(SEED + kind.ordinal());
        final int kinds = KilledRun.Kind.values().length;

        int kills = 0;
        int ends = 0;
        while (kills * kinds < KILLS || ends == 0) {
            final Path result = folder.resolve("result" + ends);
            final Process process = process(kind, "killed" + ends, result);
            final boolean isLast = kills * kinds >= KILLS;
            if (isLast ? finished(process) : process.waitFor(random.nextLong(milliseconds), TimeUnit.MILLISECONDS)) {
                assertThat(process.exitValue()).as(output(result)).isZero();
                assertThat(result).exists();
            } else {
                process.destroyForcibly().waitFor();
                kills++;
                for (final Path file : KilledRun.checkpoints(folder.resolve("killed" + ends))) {
                    ModelFile.readRun(file); // whole, whenever it was
                    ModelFile.read(file);
                }
            }
            if (Files.exists(result)) { // a kill may also come behind the last byte
                assertThat(Files.mismatch(result, expected)).isEqualTo(-1);
                ends++;
            }
        }
        reporter.publishEntry(kind.name(), kills + " kills, " + ends + " ends, undisturbed in " + milliseconds + " ms");
    }

    private static boolean finished(final Process process) throws InterruptedException {
        return process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    }

    private Process process(final KilledRun.Kind kind, final String checkpoints, final Path result) throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dgradienttape.root=" + System.getProperty("gradienttape.root"),
                "-cp",
                System.getProperty("java.class.path"),
                KilledRun.class.getName(),
                kind.name(),
                folder.resolve("data/training").toString(),
                folder.resolve(checkpoints).toString(),
                result.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        result.resolveSibling(result.getFileName() + ".log").toFile())
                .start();
    }

    private static String output(final Path result) throws IOException {
        return Files.readString(result.resolveSibling(result.getFileName() + ".log"));
    }
}
