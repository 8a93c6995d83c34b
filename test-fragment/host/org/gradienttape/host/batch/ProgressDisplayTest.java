package org.gradienttape.host.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    @Test
    void plainLinesTellOfStartAndEnd() {
        final ProgressDisplay display = plain();

        display.started("Trainer (#3)");
        display.executed("Trainer (#3)", Duration.ofMillis(12340));

        assertThat(printed()).isEqualTo("Trainer (#3): started\nTrainer (#3): executed in 12.3 s\n");
    }

    @Test
    void plainMessagesComeAtMostEveryFiveSeconds() {
        final ProgressDisplay display = plain();
        display.started("Trainer (#3)");

        at(4.9, () -> display.progressed("Trainer (#3)", 0.1, "step 1"));
        at(5.0, () -> display.progressed("Trainer (#3)", 0.2, "step 2"));
        at(9.9, () -> display.progressed("Trainer (#3)", 0.3, "step 3"));
        at(10.0, () -> display.progressed("Trainer (#3)", Double.NaN, "step 4"));
        at(15.0, () -> display.progressed("Trainer (#3)", Double.NaN, "step 4"));

        assertThat(printed()).isEqualTo("Trainer (#3): started\nTrainer (#3):  20 % step 2\nTrainer (#3): step 4\n");
    }

    @Test
    void aTerminalHasABarForEachRunningNode() {
        final ProgressDisplay display = terminal(80);

        display.started("A (#1)");
        display.started("B (#2)");
        out.reset();
        at(1.0, () -> display.progressed("A (#1)", 0.5, "step 5 of 10"));

        assertThat(printed())
                .isEqualTo("\u001b[2A\r\u001b[J" + "A (#1) [##########..........]  50 % step 5 of 10\n"
                        + "B (#2) [....................] \n");
    }

    @Test
    void barsAreRedrawnAtMostTenTimesASecond() {
        final ProgressDisplay display = terminal(80);
        display.started("A (#1)");
        out.reset();

        at(0.05, () -> display.progressed("A (#1)", 0.5, ""));

        assertThat(printed()).isEmpty();
    }

    @Test
    void linesStandAboveTheBars() {
        final ProgressDisplay display = terminal(80);
        display.started("A (#1)");
        out.reset();

        display.line("Training loss (for one batch) at step 200: 1.3818");

        assertThat(printed())
                .isEqualTo("\u001b[1A\r\u001b[JTraining loss (for one batch) at step 200: 1.3818\n"
                        + "A (#1) [....................] \n");
    }

    @Test
    void aBarNeverWrapsToASecondLine() {
        final ProgressDisplay display = terminal(30);
        display.started("GradientTape Trainer (#3)");

        at(1.0, () -> display.progressed("GradientTape Trainer (#3)", 1.0, "a long message"));

        assertThat(printed().lines().map(line -> line.replaceAll("\u001b\\[\\d*[AJ]|\r", "")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(30));
    }

    @Test
    void aFinishedNodeLosesItsBar() {
        final ProgressDisplay display = terminal(80);
        display.started("A (#1)");
        out.reset();

        display.executed("A (#1)", Duration.ofSeconds(2));
        display.line("next");

        assertThat(printed()).isEqualTo("\u001b[1A\r\u001b[JA (#1): executed in 2.0 s\nnext\n");
    }

    @Test
    void errorsGoToTheErrorStreamAndTheBarsComeBack() {
        final ProgressDisplay display = terminal(80);
        display.started("A (#1)");
        out.reset();

        display.error("It failed.");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("It failed.\n");
        assertThat(printed()).isEqualTo("\u001b[1A\r\u001b[JA (#1) [....................] \n");
    }

    @Test
    void closingRemovesTheBars() {
        final ProgressDisplay display = terminal(80);
        display.started("A (#1)");
        out.reset();

        display.close();

        assertThat(printed()).isEqualTo("\u001b[1A\r\u001b[J");
    }

    private ProgressDisplay plain() {
        return ProgressDisplay.plain(stream(out), stream(err), () -> now);
    }

    private ProgressDisplay terminal(final int columns) {
        return ProgressDisplay.terminal(stream(out), stream(err), columns, () -> now);
    }

    private void at(final double seconds, final Runnable action) {
        now = (long) (seconds * 1e9);
        action.run();
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(final ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}
