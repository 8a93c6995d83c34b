package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.file.JavaProcess;
import org.gradienttape.model.ModelFile;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a training process, as kill -9 does, at random moments, until it has come to its end: what it leaves is what an
 * undisturbed one leaves, byte for byte. {@code -Dgradienttape.kills=100} kills each kind of run more often.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("gradienttape.kills", 2);
    private static final long SEED = Long.getLong("gradienttape.killSeed", 1);
    private static final long LONGEST_MINUTES = 10;

    @TempDir
    private Path folder;

    /** A process that has begun to train. */
    private record Begun(Process process, BufferedReader output) {
        boolean ends(final long milliseconds) throws InterruptedException {
            return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        }

        /** It has ended well within some minutes. */
        void mustEnd() throws InterruptedException, IOException {
            assertThat(ends(TimeUnit.MINUTES.toMillis(LONGEST_MINUTES))).isTrue();
            assertThat(process.exitValue())
                    .as(output.lines().collect(Collectors.joining("\n")))
                    .isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(KilledRun.Kind.class)
    void aKilledRunEndsLikeAnUndisturbedOne(final KilledRun.Kind kind, final TestReporter reporter) throws Exception {
        TestData.mnistImages(folder.resolve("data"), 2000);
        final Path results = Files.createDirectory(folder.resolve("results"));
        final Path expected = folder.resolve("expected");
        final Begun undisturbed = begin(kind, "undisturbed", expected);
        final long start = System.nanoTime();
        undisturbed.mustEnd();
        final long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        final SplittableRandom random = new SplittableRandom(SEED + kind.ordinal());

        long latest = milliseconds; // on a machine that was busy, the undisturbed run took longer than those behind it
        int kills = 0;
        int ends = 0;
        int checkpoints = 0;
        boolean ended = false;
        while (kills < KILLS || !ended) {
            final Path result = results.resolve("result" + ends);
            final Path place = folder.resolve("killed" + ends);
            final Begun begun = begin(kind, place.getFileName().toString(), result);
            final long delay = random.nextLong(latest);
            if (kills == KILLS || begun.ends(delay)) {
                begun.mustEnd();
                latest = kills == KILLS ? latest : Math.max(1, delay);
                assertThat(result).exists();
            } else {
                begun.process().destroyForcibly().waitFor();
                kills++;
                for (final Path file : KilledRun.checkpoints(place)) {
                    ModelFile.readRun(file); // whole, whenever it was
                    ModelFile.read(file);
                    checkpoints++;
                }
            }
            ended = Files.exists(result); // a kill may also come behind the last byte
            if (ended) {
                assertThat(Files.mismatch(result, expected)).isEqualTo(-1);
                ends++;
            }
        }
        assertThat(unfinished()).isEmpty();
        reporter.publishEntry(
                kind.name(),
                kills + " kills, " + checkpoints + " whole checkpoints behind them, " + ends
                        + " ends like the undisturbed one, which took " + milliseconds + " ms");
    }

    /** What killed processes have left and the next ones have not taken away. */
    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".tmp")
                            || file.getFileName().toString().matches("\\.gradienttape-.*"))
                    .toList();
        }
    }

    private Begun begin(final KilledRun.Kind kind, final String checkpoints, final Path result) throws IOException {
        final Process process = new ProcessBuilder(JavaProcess.command(
                        List.of(
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1", // most of it is the start
                                "-Dgradienttape.root=" + System.getProperty("gradienttape.root")),
                        KilledRun.class,
                        kind,
                        folder.resolve("data/training"),
                        folder.resolve(checkpoints),
                        result))
                .redirectErrorStream(true)
                .start();
        final BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        final StringBuilder before = new StringBuilder();
        for (String line = output.readLine(); !KilledRun.BEGUN.equals(line); line = output.readLine()) {
            assertThat(line).as(before.toString()).isNotNull();
            before.append(line).append('\n');
        }
        return new Begun(process, output);
    }
}
