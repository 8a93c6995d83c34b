package org.gradienttape.data.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.NumberSummary;
import org.gradienttape.column.OneHotEncoding;
import org.gradienttape.column.StoredColumn;
import org.gradienttape.data.ClassNames;
import org.gradienttape.data.Dataset;
import org.gradienttape.data.PlainNumber;
import org.gradienttape.data.RoundedNumbers;
import org.gradienttape.data.TableColumns;
import org.gradienttape.data.source.FeatureCheck;
import org.gradienttape.data.source.LabelCheck;
import org.gradienttape.data.source.SplitPlan;
import org.gradienttape.data.table.TableRequest.Goal;

/** Looks for what cannot be meant in a table to learn from: one sentence for each thing that looks wrong. */
final class TableDoubts {
    /** Fewer rows may be like that by chance. */
    private static final int ENOUGH_ROWS = 4;

    /** Fewer categories may have hardly more rows than themselves. */
    private static final int MANY_CATEGORIES = 10;

    /** So many different whole numbers may be classes. */
    private static final int FEW_CLASSES = 10;

    /** With fewer rows for each, whole numbers come again by chance. */
    private static final int ROWS_PER_CLASS = 10;

    private final TableRequest request;
    private final TableScan scan;
    private final SplitPlan plan;
    private final int[] firstCells;
    private final RoundedNumbers rounded = new RoundedNumbers();
    /** Features of numbers that stay as they are. */
    private final BitSet unscaled = new BitSet();
    /** For each number to learn, the features that were the same number in all rows so far. */
    private final BitSet[] equal;
    /** For each number to learn, the first ones that differ; one more than could be classes. */
    private final List<SortedSet<Double>> different = new ArrayList<>();

    TableDoubts(final TableRequest request, final TableScan scan, final SplitPlan plan) {
        this.request = request;
        this.scan = scan;
        this.plan = plan;
        this.firstCells = ColumnRule.firstCells(request.features());
        final int numbers = request.goal() instanceof TableRequest.Goal.Numbers
                ? request.targets().size()
                : 0;
        this.equal = new BitSet[numbers];
        for (int i = 0; i < numbers; i++) {
            equal[i] = new BitSet();
            different.add(new TreeSet<>());
        }
        for (int feature = 0; feature < request.features().size(); feature++) {
            final ColumnRule rule = request.features().get(feature);
            final boolean isNumber = rule.column().kind() == Kind.NUMBER;
            unscaled.set(feature, isNumber && rule.scaling() == NumberScaling.AS_IT_IS);
            for (final BitSet suspects : equal) {
                // what is to be predicted may be known of the rows before
                suspects.set(feature, isNumber && request.windows().isEmpty());
            }
        }
    }

    /**
     * Looks at a row of the training part.
     *
     * @param row its features, as they are stored
     */
    void look(final double[] row, final int sample) {
        for (int feature = unscaled.nextSetBit(0); feature >= 0; feature = unscaled.nextSetBit(feature + 1)) {
            rounded.take(row[firstCells[feature]]);
        }
        for (int i = 0; i < equal.length; i++) {
            final double number = scan.number(sample, i);
            for (int feature = equal[i].nextSetBit(0); feature >= 0; feature = equal[i].nextSetBit(feature + 1)) {
                equal[i].set(feature, row[firstCells[feature]] == number);
            }
            if (different.get(i).size() <= FEW_CLASSES) {
                different.get(i).add(number + 0.0); // -0 is 0
            }
        }
    }

    /**
     * What looks wrong.
     *
     * @param training what became of the rows
     * @param heldOut the same; empty if nothing is held out
     * @param targets the numbers to learn
     */
    List<String> sentences(final Dataset training, final Optional<Dataset> heldOut, final List<NumberSummary> targets) {
        final List<String> sentences = new ArrayList<>();
        final List<String> used = new ArrayList<>(request.targets());
        request.features().forEach(rule -> used.add(rule.column().name()));
        request.weight().ifPresent(used::add);
        sentences.addAll(request.training().warnings(used));
        request.second().ifPresent(table -> sentences.addAll(table.warnings(used)));
        sentences.addAll(rounded.warnings(training.name()));
        if (!(request.goal() instanceof Goal.None)) {
            identifiers(training, sentences);
        }
        heldOut.ifPresent(other -> unknownTexts(other, sentences));
        if (training.hasClasses()) {
            final LabelCheck check = new LabelCheck(training.name(), scan.labels(), scan.classNames());
            sentences.addAll(check.labels(plan));
            sentences.addAll(check.parts(plan, request.split().limit()));
            if (request.windows().isEmpty()) {
                sentences.addAll(FeatureCheck.warningsOfColumns(training));
            }
        }
        for (int i = 0; i < equal.length; i++) {
            number(training, i, targets.get(i).isConstant(), sentences);
        }
        return sentences;
    }

    private static void identifiers(final Dataset training, final List<String> sentences) {
        final TableColumns columns = training.info().columns().orElseThrow();
        for (final ColumnEncoding column : columns.encoding().columns()) {
            if (column instanceof OneHotEncoding text
                    && text.categories().size() > MANY_CATEGORIES
                    && text.categories().size() > training.samples() / 2) {
                sentences.add("The column \"" + text.name() + "\" of " + training.name() + " has "
                        + text.categories().size() + " different texts in " + training.samples()
                        + " rows to train on; leave it out unless new rows have the same texts.");
            }
        }
    }

    private void number(
            final Dataset training, final int target, final boolean constant, final List<String> sentences) {
        final String name = "The target \"" + request.targets().get(target) + "\"";
        final String rows = " in all " + training.samples() + " rows to train on of " + training.name();
        if (constant) {
            if (training.samples() > 1) {
                sentences.add(name + " is " + numbers(target, " or ") + rows + "; check that it is the right column.");
            }
            return;
        }
        if (training.samples() >= ENOUGH_ROWS) {
            equal[target].stream()
                    .forEach(feature -> sentences.add("The column \""
                            + request.features().get(feature).column().name() + "\" is the target itself" + rows
                            + "; leave it out unless it is known of new rows, too."));
        }
        final int count = different.get(target).size();
        if (count == 2 && training.samples() > MANY_CATEGORIES) {
            sentences.add(name + " is " + numbers(target, " or ") + rows + "; if these are classes, say so.");
        } else if (count <= FEW_CLASSES
                && training.samples() >= ROWS_PER_CLASS * count
                && different.get(target).stream().allMatch(number -> number == Math.rint(number))) {
            sentences.add(name + " is one of " + count + " whole numbers (" + numbers(target, ", ") + ")" + rows
                    + "; if these are classes, say so.");
        }
    }

    private String numbers(final int target, final String between) {
        return different.get(target).stream().map(PlainNumber::of).collect(Collectors.joining(between));
    }

    private static void unknownTexts(final Dataset heldOut, final List<String> sentences) {
        final TableColumns columns = heldOut.info().columns().orElseThrow();
        final Map<String, List<String>> texts =
                columns.stored().stream().collect(Collectors.toMap(StoredColumn::name, StoredColumn::texts));
        for (final ColumnEncoding column : columns.encoding().columns()) {
            if (column instanceof OneHotEncoding text) {
                final Set<String> known = Set.copyOf(text.categories());
                final List<String> unknown = texts.get(text.name()).stream()
                        .filter(found -> !known.contains(found))
                        .toList();
                if (!unknown.isEmpty()) {
                    sentences.add("The column \"" + text.name() + "\" of the held-out data holds "
                            + ClassNames.some(unknown)
                            + ", which the training data do not have; all its features are 0 for that.");
                }
            }
        }
    }
}
