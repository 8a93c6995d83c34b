package org.gradienttape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gradienttape.callback.CallbacksConfig;

/** Metrics of a run without a value, in sentences for people. */
public final class UndefinedMetrics {
    private static final int MOST_NAMED = 5;

    private final TrainingLog log;

    public UndefinedMetrics(final TrainingLog log) {
        this.log = log;
    }

    /**
     * One sentence for all metrics that are undefined in some epoch, then one for each callback that watches one of them.
     */
    public List<String> sentences(final CallbacksConfig callbacks) {
        final List<String> sentences = new ArrayList<>();
        final List<String> columns = EpochColumns.withValidation(List.of(), log.metrics()).stream()
                .filter(column -> !epochs(column).isEmpty())
                .toList();
        if (!columns.isEmpty()) {
            final TreeSet<Integer> epochs = new TreeSet<>();
            columns.forEach(column -> epochs.addAll(epochs(column)));
            sentences.add(String.join(", ", columns) + (columns.size() == 1 ? " has" : " have") + " no value in "
                    + text(epochs) + ", since " + (columns.size() == 1 ? "it is" : "they are")
                    + " undefined for the labels and predictions there, for example where all labels are of one class or"
                    + " Java code passes none; such cells are missing.");
        }
        callbacks.watches().forEach((who, watch) -> {
            if (columns.contains(watch.column())) {
                sentences.add(who + " watches \"" + watch.column() + "\", which is undefined in "
                        + text(new TreeSet<>(epochs(watch.column())))
                        + ", so that these epochs did not count; watch another number if that is not meant.");
            }
        });
        return sentences;
    }

    /** Those in which a column has no value. */
    private List<Integer> epochs(final String column) {
        return log.epochs().stream()
                .filter(row -> row.losses().stream().allMatch(Double::isFinite)) // where it is not, that has been said
                .filter(row -> isUndefined(EpochColumns.numbers(log.losses(), log.metrics(), row), column))
                .map(TrainingLog.EpochRow::epoch)
                .toList();
    }

    private static boolean isUndefined(final Map<String, Double> numbers, final String column) {
        return numbers.containsKey(column) && Double.isNaN(numbers.get(column));
    }

    private static String text(final TreeSet<Integer> epochs) {
        if (epochs.size() == 1) {
            return "epoch " + epochs.first();
        }
        if (epochs.last() - epochs.first() == epochs.size() - 1) {
            return "epochs " + epochs.first() + " to " + epochs.last();
        }
        final String first =
                epochs.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", "));
        return epochs.size() <= MOST_NAMED ? "epochs " + first : epochs.size() + " epochs (" + first + " and others)";
    }
}
