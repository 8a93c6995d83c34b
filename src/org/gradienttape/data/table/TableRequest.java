package org.gradienttape.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.TextSplit;
import org.gradienttape.column.Windows;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.source.TableRows;
import org.gradienttape.error.InvalidInputException;

/**
 * What to read of a table, and how.
 *
 * @param training the rows to learn from
 * @param second further rows; the split says whether they are held out or merged with the others
 * @param features the columns to learn from, at least one
 * @param goal what is to be learned
 * @param weight the column that says how much each row counts; empty if all count alike
 * @param split which rows go where
 * @param windows how several rows become one sample; empty if each row is one
 */
public record TableRequest(
        TableRows training,
        Optional<TableRows> second,
        List<ColumnRule> features,
        Goal goal,
        Optional<String> weight,
        ReadRequest.Split split,
        Optional<Windows> windows) {
    /** What is to be learned of each row. */
    public sealed interface Goal {
        /** The column is text, or its numbers name classes. */
        record Classes(String column) implements Goal {}

        /**
         * Numbers.
         *
         * @param columns at least one
         * @param standardized whether the network learns them less their mean, divided by their deviation
         */
        record Numbers(List<String> columns, boolean standardized) implements Goal {
            public Numbers {
                columns = List.copyOf(columns);
                if (columns.isEmpty()) {
                    throw new InvalidInputException(
                            "At least one target column was expected, but none is chosen; choose one.");
                }
            }
        }

        /** The features themselves. */
        record Features() implements Goal {}

        /** Nothing: the rows are only to be predicted. */
        record None() implements Goal {}
    }

    public TableRequest {
        features = List.copyOf(features);
        if (second.isPresent() != (split.mergeTestFiles() || split.heldOut() instanceof HeldOut.SourceTestFiles)) {
            throw new IllegalArgumentException("a second table is held out or merged, but not both");
        }
        if (features.isEmpty()) {
            throw new InvalidInputException(
                    "At least one feature column was expected, but none is chosen; choose columns to learn from.");
        }
        for (final ColumnRule rule : features) {
            rule.tokens().ifPresent(tokens -> checkMayBeSplit(rule.column().name(), tokens.split(), goal, windows));
        }
        final List<String> names = new ArrayList<>(
                features.stream().map(rule -> rule.column().name()).toList());
        // What is to be predicted of a later row may be known of the rows of the window.
        if (windows.isPresent() && windows.get().horizon() > 0) {
            Column.checkNames(targets(goal), "the chosen columns");
        } else {
            names.addAll(targets(goal));
        }
        weight.ifPresent(names::add);
        windows.ifPresent(known -> known.columns().forEach(column -> names.add(column.name())));
        Column.checkNames(names, "the chosen columns");
    }

    private static void checkMayBeSplit(
            final String column, final TextSplit split, final Goal goal, final Optional<Windows> windows) {
        if (windows.isPresent()) {
            throw Encoding.noTokens(column, split);
        }
        if (goal instanceof Goal.Features) {
            throw new InvalidInputException("Samples that are learned themselves should be numbers and categories, but"
                    + " the column \"" + column + "\" is split into " + split.unit()
                    + ", whose numbers are names; choose another target.");
        }
    }

    /** Each row is a sample. */
    public TableRequest(
            final TableRows training,
            final Optional<TableRows> second,
            final List<ColumnRule> features,
            final Goal goal,
            final Optional<String> weight,
            final ReadRequest.Split split) {
        this(training, second, features, goal, weight, split, Optional.empty());
    }

    /** The same rows of the first table, all of them to learn from. */
    public TableRequest withNothingHeldOut() {
        final ReadRequest.Split all = new ReadRequest.Split(new HeldOut.None(), false, split.limit());
        return new TableRequest(training, Optional.empty(), features, goal, weight, all, windows);
    }

    /** The names of the target columns. */
    List<String> targets() {
        return targets(goal);
    }

    private static List<String> targets(final Goal goal) {
        if (goal instanceof Goal.Classes classes) {
            return List.of(classes.column());
        }
        return goal instanceof Goal.Numbers numbers ? numbers.columns() : List.of();
    }
}
