package org.gradienttape.data.table;

import java.util.ArrayList;
import java.util.List;
import org.gradienttape.column.ColumnEncoding;
import org.gradienttape.column.TokenCounts;
import org.gradienttape.column.TokenEncoding;
import org.gradienttape.data.Dataset;

/** Looks for what cannot be meant in texts that are split: one sentence for each thing that looks wrong. */
final class TokenDoubts {
    private TokenDoubts() {}

    /** @param tokens of the training part */
    static List<String> sentences(final Dataset training, final List<TokenCounts> tokens) {
        final List<String> sentences = new ArrayList<>();
        for (final TokenCounts column : tokens) {
            if (column.emptyTexts() > 0) {
                sentences.add("The column \"" + column.column() + "\" of " + training.name() + " has "
                        + (column.emptyTexts() == 1 ? "1 text" : column.emptyTexts() + " texts") + " without "
                        + column.split().unit() + " among the rows to train on; all their numbers are 0.");
            }
        }
        final List<ColumnEncoding> columns =
                training.info().columns().orElseThrow().encoding().columns();
        final List<String> others = columns.stream()
                .filter(column -> !(column instanceof TokenEncoding))
                .map(column -> "\"" + column.name() + "\"")
                .toList();
        if (!tokens.isEmpty() && !others.isEmpty()) {
            sentences.add(
                    "The samples of " + training.name()
                            + " hold the numbers of tokens and of other columns side by side ("
                            + String.join(", ", others)
                            + "); a layer Embedding takes tokens alone, so leave the others out unless the network tells them apart.");
        }
        return sentences;
    }
}
