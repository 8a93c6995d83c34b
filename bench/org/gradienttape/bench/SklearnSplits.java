package org.gradienttape.bench;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What bench/peers/sklearn has written about one table.
 *
 * @param version of scikit-learn
 * @param splits in the order of their seeds
 */
record SklearnSplits(String version, List<Split> splits) {
    /**
     * One split of the rows of a table.
     *
     * @param training the rows to learn from, counted from 0
     * @param test all others
     * @param score scikit-learn's on the test part: accuracy, or R²
     * @param standardized the same where the target is standardized; 0 for classes
     */
    record Split(int[] training, int[] test, double score, double standardized) {}

    /**
     * Runs scikit-learn on all tables, which takes some ten seconds for ten splits.
     *
     * @param tables their folder
     * @param first the seed of the first split
     * @param count how many splits
     * @param target the folder in which a file for each table is written
     * @throws PeerRefusal if it does not take part
     */
    static void make(final Path tables, final int first, final int count, final Path target)
            throws IOException, PeerRefusal {
        final Process process = new ProcessBuilder(
                        System.getenv().getOrDefault("GRADIENTTAPE_PYTHON", "/usr/bin/python3"),
                        Results.root()
                                .resolve("bench/peers/sklearn/sklearn_peer.py")
                                .toString(),
                        tables.toString(),
                        target.toString(),
                        Integer.toString(first),
                        Integer.toString(count))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        final String answer = new String(process.getInputStream().readAllBytes()).strip();
        try {
            if (process.waitFor() != 0 || !answer.startsWith("ready")) {
                throw new PeerRefusal("scikit-learn does not take part: "
                        + (answer.isEmpty() ? "it ended without a word" : answer.replaceFirst("refused ", "")));
            }
        } catch (final InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new PeerRefusal("scikit-learn was interrupted.");
        }
    }

    static SklearnSplits read(final Path folder, final String table) throws IOException {
        return new Gson().fromJson(Files.readString(folder.resolve(table + ".json")), SklearnSplits.class);
    }

    double mean() {
        return splits.stream().mapToDouble(Split::score).average().orElseThrow();
    }

    double meanStandardized() {
        return splits.stream().mapToDouble(Split::standardized).average().orElseThrow();
    }
}
