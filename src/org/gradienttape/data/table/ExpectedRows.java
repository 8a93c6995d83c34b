package org.gradienttape.data.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.OneHotEncoding;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.column.TextOrder;
import org.gradienttape.column.Texts;
import org.gradienttape.column.TokenEncoding;
import org.gradienttape.column.Windows;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.TableColumns;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.data.source.ClassLabels;
import org.gradienttape.data.table.TableRequest.Goal;

/** What is known of the dataset that a table becomes before a row of it is read: names, kinds and shapes, but no means. */
public final class ExpectedRows {
    private ExpectedRows() {}

    /** The same where each row is a sample. */
    public static Optional<DatasetInfo> of(
            final String name,
            final List<ColumnRule> features,
            final Goal goal,
            final boolean weighted,
            final Function<String, List<String>> texts) {
        return of(name, features, goal, weighted, Optional.empty(), texts);
    }

    /**
     * Looks at the columns alone.
     *
     * @param name of the dataset
     * @param windows how several rows become one sample
     * @param texts that a column of text may hold, by its name; empty if that is not known
     * @return the dataset, its samples not counted, its numbers not scaled; nothing if the texts of a feature are not known
     */
    public static Optional<DatasetInfo> of(
            final String name,
            final List<ColumnRule> features,
            final Goal goal,
            final boolean weighted,
            final Optional<Windows> windows,
            final Function<String, List<String>> texts) {
        final List<StoredColumn> stored = new ArrayList<>();
        final List<ColumnEncoding> encodings = new ArrayList<>();
        for (final ColumnRule rule : features) {
            final String column = rule.column().name();
            stored.add(rule.stored(List.of()));
            if (rule.column().kind() == Kind.NUMBER) {
                encodings.add(new NumberEncoding(column, rule.scaling(), 0, 1, OptionalDouble.empty()));
                continue;
            }
            if (rule.tokens().isPresent()) {
                encodings.add(new TokenEncoding(column, rule.tokens().get().split(), List.of(), false));
                continue;
            }
            final List<String> categories = texts.apply(column).stream()
                    .distinct()
                    .sorted(TextOrder.ORDER)
                    .toList();
            if (categories.isEmpty() || categories.size() > Texts.MOST) {
                return Optional.empty();
            }
            encodings.add(new OneHotEncoding(column, categories, false, Optional.empty()));
        }
        final TableColumns columns =
                new TableColumns(stored, new Encoding(encodings, windows), windows.map(known -> 0), false);
        return Optional.of(DatasetInfo.ofRows(name, DatasetInfo.NOT_COUNTED, columns, target(goal, texts), weighted));
    }

    private static Target target(final Goal goal, final Function<String, List<String>> texts) {
        if (goal instanceof Goal.Classes classes) {
            return new Target.Classes(classes.column(), ClassLabels.called(texts.apply(classes.column())));
        }
        if (goal instanceof Goal.Numbers numbers) {
            return new Target.Numbers(
                    numbers.columns().stream().map(TargetScaling::none).toList());
        }
        return goal instanceof Goal.Features ? new Target.Features() : Target.NONE;
    }
}
