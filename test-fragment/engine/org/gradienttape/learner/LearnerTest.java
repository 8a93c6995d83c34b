package org.gradienttape.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.gradienttape.column.Column;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.data.MemoryTable;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.model.Model;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.training.TrainedModel;
import org.gradienttape.train.Progress;
import org.gradienttape.train.StopReason;
import org.gradienttape.train.TrainingLog;
import org.gradienttape.train.TrainingMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of the columns x = 0, 1, 2 and so on, and y, which is high where x is 20 or more, but for a tenth of the rows. */
class LearnerTest {
    private static final LearnerConfig SMALL =
            new LearnerConfig(List.of(8), 0, 0.05, 8, 40, 5, LearnerConfig.DEFAULT.classWeights(), 0);
    private static final double MEAN_OF_ALL = 19.5;
    private static final Compute COMPUTE = Compute.singleThreaded();

    @TempDir
    private Path folder;

    /** Counts its steps, and stops before one of them. */
    private static final class Counter implements TrainingMonitor {
        private final List<String> lines = new ArrayList<>();
        private final int last;
        private int epochs;

        private Counter(final int last) {
            this.last = last;
        }

        @Override
        public boolean goOn(final Progress progress) {
            epochs = progress.epoch() + 1;
            return progress.stepsDone() < last;
        }

        @Override
        public void log(final String line) {
            lines.add(line);
        }
    }

    private final Counter first = new Counter(Integer.MAX_VALUE);

    @Test
    void allRowsAreLearnedForTheBestNumberOfEpochs() throws IOException {
        final Counter second = new Counter(Integer.MAX_VALUE);

        final LearnerRows rows = read(true, Optional.empty());
        final TrainedModel trained = Learner.run(SMALL, rows, COMPUTE, first, second);

        final int best = bestByHand(trained.log());
        assertThat(best)
                .as("neither the first nor the last, or this shows nothing")
                .isBetween(2, first.epochs - 1);
        assertThat(second.epochs).isEqualTo(best);
        assertThat(second.lines).contains("Training again on all 40 rows, epochs: " + best);
        assertThat(rows.training().samples()).isEqualTo(32);
        assertThat(mean(trained.model())).isCloseTo(MEAN_OF_ALL, within(1e-9));
        assertThat(trained.log().epochs()).as("those of the first run").hasSize(first.epochs);
        assertThat(trained.log().stopReason()).isEqualTo(StopReason.EARLY_STOPPING);
        assertThat(trained.model().provenance().settings().get("training")).contains("epochs=" + best + ",");
    }

    @Test
    void withoutASecondRunTheModelIsThatOfTheBestEpoch() throws IOException {
        final LearnerRows rows = read(false, Optional.empty());

        final TrainedModel trained = Learner.run(SMALL, rows, COMPUTE, first, new Counter(0));

        assertThat(rows.all()).isEmpty();
        assertThat(mean(trained.model())).isNotCloseTo(MEAN_OF_ALL, within(1e-9));
        final LearnerConfig asLong = SMALL.withEpochs(bestByHand(trained.log()));
        assertThat(Learner.run(asLong, rows, COMPUTE, first, first).model().weights())
                .isEqualTo(trained.model().weights());
    }

    @Test
    void theRowsOfAValidationTableAreNeverLearned() throws IOException {
        final LearnerRows rows = read(true, Optional.of(table(40, 60)));

        final TrainedModel trained = Learner.run(SMALL, rows, COMPUTE, first, new Counter(0));

        assertThat(rows.all()).isEmpty();
        assertThat(rows.heldOut().orElseThrow().samples()).isEqualTo(20);
        assertThat(mean(trained.model())).isCloseTo(MEAN_OF_ALL, within(1e-9));
    }

    @Test
    void aCancelledSecondRunIsACancelledRun() throws IOException {
        final TrainedModel trained = Learner.run(SMALL, read(true, Optional.empty()), COMPUTE, first, new Counter(3));

        assertThat(trained.log().stopReason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aCancelledFirstRunHasNoSecond() throws IOException {
        final Counter second = new Counter(Integer.MAX_VALUE);

        final TrainedModel trained = Learner.run(SMALL, read(true, Optional.empty()), COMPUTE, new Counter(3), second);

        assertThat(trained.log().stopReason()).isEqualTo(StopReason.CANCELLED);
        assertThat(second.epochs).isZero();
    }

    /** A reading is two passes, each asked about at its first row. */
    @Test
    void readingForBothRunsIsOneWay() throws IOException {
        final List<Double> once = new ArrayList<>();
        final List<Double> twice = new ArrayList<>();

        LearnerRows.read(request(Optional.empty()), folder.resolve("once"), false, once::add);
        LearnerRows.read(request(Optional.empty()), folder.resolve("twice"), true, twice::add);

        assertThat(once).containsExactly(0.0, 0.5);
        assertThat(twice).containsExactly(0.0, 0.25, 0.5, 0.75);
    }

    @Test
    void readingForBothRunsCanBeCancelled() {
        for (final double last : new double[] {0, 0.5}) {
            assertThatThrownBy(() -> LearnerRows.read(
                            request(Optional.empty()), folder.resolve("until " + last), true, done -> done < last))
                    .isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void ofEqualLossesTheFirstCounts() {
        assertThat(Learner.bestEpochs(log(0.5, 0.25, 0.25, 0.75))).isEqualTo(2);
        assertThat(Learner.bestEpochs(log(0.5))).isEqualTo(1);
    }

    private static TrainingLog log(final double... validationLosses) {
        final List<TrainingLog.EpochRow> epochs = new ArrayList<>();
        for (final double loss : validationLosses) {
            epochs.add(new TrainingLog.EpochRow(
                    epochs.size(), 1, List.of(1.0), List.of(), List.of(loss), List.of(), List.of(0.1), 0));
        }
        return new TrainingLog(List.of("Loss"), List.of(), 1, List.of(), epochs, StopReason.COMPLETED);
    }

    private static int bestByHand(final TrainingLog log) {
        int best = 0;
        for (int i = 1; i < log.epochs().size(); i++) {
            if (loss(log, i) < loss(log, best)) {
                best = i;
            }
        }
        return best + 1;
    }

    private static double loss(final TrainingLog log, final int epoch) {
        return log.epochs().get(epoch).validationLoss().orElseThrow();
    }

    /** What the model takes from x. */
    private static double mean(final Model model) {
        return ((NumberEncoding)
                        model.preprocessing().encoding().orElseThrow().columns().get(0))
                .shift();
    }

    private LearnerRows read(final boolean again, final Optional<TableRows> validation) throws IOException {
        return LearnerRows.read(request(validation), folder, again, done -> true);
    }

    private static TableRequest request(final Optional<TableRows> validation) {
        return new TableRequest(
                table(0, 40),
                validation,
                List.of(new ColumnRule(
                        new Column("x", Kind.NUMBER),
                        NumberScaling.STANDARDIZED,
                        MissingRule.REFUSE,
                        UnknownRule.REFUSE)),
                new TableRequest.Goal.Classes("y"),
                Optional.empty(),
                new ReadRequest.Split(
                        validation.isPresent() ? new HeldOut.SourceTestFiles() : new HeldOut.StratifiedFraction(0.2, 0),
                        false,
                        new Limit.None()));
    }

    private static TableRows table(final int from, final int to) {
        final MemoryTable table = new MemoryTable("the table", "x:number", "y:text");
        final SplittableRandom random = new SplittableRandom(3);
        for (int x = from; x < to; x++) {
            table.row(x, (x >= 20) == (random.nextDouble() > 0.1) ? "high" : "low");
        }
        return table;
    }
}
