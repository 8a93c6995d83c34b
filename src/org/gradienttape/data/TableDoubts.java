package org.gradienttape.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.gradienttape.column.Column.Kind;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.NumberSummary;
import org.gradienttape.column.OneHotEncoding;

/** Looks for what cannot be meant in a table to learn from: one sentence for each thing that looks wrong. */
final class TableDoubts {
    /** Fewer rows may be like that by chance. */
    private static final int ENOUGH_ROWS = 4;

    /** Fewer categories may have hardly more rows than themselves. */
    private static final int MANY_CATEGORIES = 10;

    private final TableRequest request;
    private final TableScan scan;
    private final SplitPlan plan;
    private final RoundedNumbers rounded = new RoundedNumbers();
    /** Features of numbers that stay as they are. */
    private final BitSet unscaled = new BitSet();
    /** For each number to learn, the features that were the same number in all rows so far. */
    private final BitSet[] equal;
    /** For each number to learn, the first two that differ; NaN before they come. */
    private final double[][] firstTwo;

    /** Whether a third one has come. */
    private final boolean[] more;

    TableDoubts(final TableRequest request, final TableScan scan, final SplitPlan plan) {
        this.request = request;
        this.scan = scan;
        this.plan = plan;
        final int numbers = request.goal() instanceof TableRequest.Goal.Numbers
                ? request.targets().size()
                : 0;
        this.equal = new BitSet[numbers];
        this.firstTwo = new double[numbers][2];
        this.more = new boolean[numbers];
        for (int i = 0; i < numbers; i++) {
            equal[i] = new BitSet();
            Arrays.fill(firstTwo[i], Double.NaN);
        }
        for (int feature = 0; feature < request.features().size(); feature++) {
            final ColumnRule rule = request.features().get(feature);
            final boolean isNumber = rule.column().kind() == Kind.NUMBER;
            unscaled.set(feature, isNumber && rule.scaling() == NumberScaling.AS_IT_IS);
            for (final BitSet suspects : equal) {
                suspects.set(feature, isNumber);
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
            rounded.take(row[feature]);
        }
        for (int i = 0; i < equal.length; i++) {
            final double number = scan.number(sample, i);
            for (int feature = equal[i].nextSetBit(0); feature >= 0; feature = equal[i].nextSetBit(feature + 1)) {
                equal[i].set(feature, row[feature] == number);
            }
            count(i, number);
        }
    }

    private void count(final int target, final double number) {
        final double[] two = firstTwo[target];
        if (Double.isNaN(two[0])) {
            two[0] = number;
        } else if (number != two[0] && Double.isNaN(two[1])) {
            two[1] = number;
        } else if (number != two[0] && number != two[1]) {
            more[target] = true;
        }
    }

    /**
     * What looks wrong.
     *
     * @param training what became of the rows
     * @param targets the numbers to learn
     */
    List<String> sentences(final Dataset training, final List<NumberSummary> targets) {
        final List<String> sentences = new ArrayList<>();
        final List<String> used = new ArrayList<>(request.targets());
        request.features().forEach(rule -> used.add(rule.column().name()));
        request.weight().ifPresent(used::add);
        sentences.addAll(request.training().warnings(used));
        request.validation().ifPresent(table -> sentences.addAll(table.warnings(used)));
        sentences.addAll(rounded.warnings(training.name()));
        identifiers(training, sentences);
        if (training.hasClasses()) {
            final LabelCheck check = new LabelCheck(training.name(), scan.labels(), scan.classNames());
            sentences.addAll(check.labels(plan));
            sentences.addAll(check.parts(plan, request.limit()));
            sentences.addAll(FeatureCheck.warningsOfColumns(training));
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
                sentences.add(name + " is " + PlainNumber.of(firstTwo[target][0]) + rows
                        + "; check that it is the right column.");
            }
            return;
        }
        if (training.samples() >= ENOUGH_ROWS) {
            equal[target].stream()
                    .forEach(feature -> sentences.add("The column \""
                            + request.features().get(feature).column().name() + "\" is the target itself" + rows
                            + "; leave it out unless it is known of new rows, too."));
        }
        if (training.samples() > MANY_CATEGORIES && !more[target]) {
            sentences.add(name + " is " + PlainNumber.of(firstTwo[target][0]) + " or "
                    + PlainNumber.of(firstTwo[target][1]) + rows + "; if these are classes, say so.");
        }
    }
}
