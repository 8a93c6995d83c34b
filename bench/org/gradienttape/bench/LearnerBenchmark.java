package org.gradienttape.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.data.RowBatches;
import org.gradienttape.data.Target;
import org.gradienttape.data.array.NamedDataset;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.Limit;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.learner.Learner;
import org.gradienttape.learner.LearnerConfig;
import org.gradienttape.learner.LearnerRows;
import org.gradienttape.metric.Mean;
import org.gradienttape.metric.RSquared;
import org.gradienttape.model.Model;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.prediction.Prediction;
import org.gradienttape.torch.prediction.PredictionJob;

/**
 * The Neural Network Learner with its defaults, beside scikit-learn's networks with theirs: four real tables, ten seeded splits of
 * each.
 */
public final class LearnerBenchmark {
    private static final List<String> OF_CLASSES = List.of("iris", "wine", "breast-cancer");
    private static final List<String> OF_NUMBERS = List.of("diabetes");
    private static final int SPLITS = 10;
    private static final double HELD_OUT = 0.2;
    private static final int BATCH_SIZE = 64;
    /** By so much the learner may be behind. */
    private static final double TOLERANCE = 0.005;

    private final Path tables;
    private final Path splits;
    private final int firstSeed;
    private final StringBuilder text = new StringBuilder();

    private LearnerBenchmark(final Path tables, final Path splits, final int firstSeed) {
        this.tables = tables;
        this.splits = splits;
        this.firstSeed = firstSeed;
    }

    /** @param args the seed of the first split and how many splits, for a look at others than those of the last results */
    public static void main(final String[] args) throws IOException {
        final Path tables = NamedDataset.MNIST.folder(Optional.empty()).resolveSibling("tables");
        final int firstSeed = args.length > 0 ? Integer.parseInt(args[0]) : 0;
        final int count = args.length > 1 ? Integer.parseInt(args[1]) : SPLITS;
        try (TemporaryFolder temporary = TemporaryFolder.create()) {
            SklearnSplits.make(tables, firstSeed, count, temporary.path());
            final String report = new LearnerBenchmark(tables, temporary.path(), firstSeed).run(count);
            if (args.length == 0) {
                Results.write("learner.txt", report);
            }
        } catch (final PeerRefusal refusal) {
            System.out.println(refusal.getMessage());
        }
    }

    private String run(final int count) throws IOException {
        print(String.format(
                "Mean accuracy, of diabetes mean R², over %d splits, seeds from %d, into 80 %% training and 20 %% test%n",
                count, firstSeed));
        print(Machine.now() + "\n");
        final String version = SklearnSplits.read(splits, OF_CLASSES.get(0)).version();
        print(String.format("%-32s %20s %13s%n", "", "scikit-learn " + version, "GradientTape"));
        for (final String table : OF_CLASSES) {
            row(table, Kind.TEXT);
        }
        for (final String table : OF_NUMBERS) {
            row(table, Kind.NUMBER);
        }
        return text.toString();
    }

    private void row(final String name, final Kind target) throws IOException {
        final LabelledTable table = LabelledTable.read(tables.resolve(name + ".csv"), target);
        final SklearnSplits other = SklearnSplits.read(splits, name);
        final Mean ours = new Mean();
        for (int i = 0; i < other.splits().size(); i++) {
            ours.update(score(table, other.splits().get(i), firstSeed + i), 1);
        }
        row(name, other.mean(), ours.result());
        if (target == Kind.NUMBER) {
            row(name + ", standardized target", other.meanStandardized(), ours.result());
        }
    }

    private void row(final String name, final double theirs, final double ours) {
        print(String.format(
                Locale.ROOT,
                "%-32s %20.4f %13.4f  %+.4f%s%n",
                name,
                theirs,
                ours,
                ours - theirs,
                ours < theirs - TOLERANCE ? ", behind" : ""));
    }

    /** Accuracy or R² of the test part. */
    private static double score(final LabelledTable table, final SklearnSplits.Split split, final int seed)
            throws IOException {
        final Model model = trained(table, split.training(), seed);
        final LabelledTable.RowCursor rows = table.cursor(split.test());
        final RowBatches samples = new RowBatches(
                model.preprocessing().encoding().orElseThrow(),
                table.columns(),
                "table",
                split.test().length,
                rows::next,
                rows);
        final Mean hits = new Mean();
        final RSquared squared = new RSquared();
        Prediction.run(new PredictionJob(model, samples, BATCH_SIZE, Compute.singleThreaded()), batch -> {
            for (int i = 0; i < batch.size(); i++) {
                final String truth = table.label(split.test()[(int) batch.first() + i]);
                if (model.preprocessing().target() instanceof Target.Numbers numbers) {
                    final double said =
                            numbers.scalings().get(0).unscaled(batch.outputs().value(i, 0));
                    squared.update(said, Double.parseDouble(truth), 1);
                } else if (model.preprocessing().target() instanceof Target.Classes classes) {
                    hits.update(classes.names().get(batch.outputs().largest(i)).equals(truth) ? 1 : 0, 1);
                }
            }
            return true;
        });
        return table.target().kind() == Kind.TEXT ? hits.result() : squared.result();
    }

    private static Model trained(final LabelledTable table, final int[] rows, final int seed) throws IOException {
        final String target = table.target().name();
        final TableRequest request = new TableRequest(
                table.of(rows),
                Optional.empty(),
                table.features().stream()
                        .map(column -> new ColumnRule(
                                column, NumberScaling.STANDARDIZED, MissingRule.REFUSE, UnknownRule.REFUSE))
                        .toList(),
                table.target().kind() == Kind.TEXT
                        ? new TableRequest.Goal.Classes(target)
                        : new TableRequest.Goal.Numbers(List.of(target), true),
                Optional.empty(),
                new ReadRequest.Split(new HeldOut.StratifiedFraction(HELD_OUT, seed), false, new Limit.None()));
        final LearnerConfig defaults = LearnerConfig.DEFAULT;
        final LearnerConfig seeded = new LearnerConfig(
                defaults.hidden(),
                defaults.dropout(),
                defaults.learningRate(),
                defaults.batchSize(),
                defaults.epochs(),
                defaults.patience(),
                defaults.classWeights(),
                seed);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            final LearnerRows read = LearnerRows.read(request, folder.path(), true, done -> true);
            return Learner.run(seeded, read, Compute.singleThreaded(), new SilentMonitor(), new SilentMonitor())
                    .model();
        }
    }

    private void print(final String part) {
        System.out.print(part);
        text.append(part);
    }
}
