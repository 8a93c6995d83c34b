package org.gradienttape.workflows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real tables of the example workflows, which lie in the home folder there and in the folder of datasets here. */
final class Tables {
    private static final Pattern NODE = Pattern.compile("\\(#(\\d+)\\)[/\\\\]settings\\.xml$");
    private static final Pattern FILE =
            Pattern.compile("key=\"file\" type=\"xstring\" value=\"~/\\.gradienttape/datasets/tables/([^\"]+)\"");

    private Tables() {}

    /** Options that let each Dataset Reader of a workflow read its table here. */
    static List<String> options(final Path workflow) throws IOException {
        return Folders.content(workflow).entrySet().stream()
                .map(Tables::option)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> option(final Map.Entry<String, String> file) {
        final Matcher node = NODE.matcher(file.getKey());
        final Matcher table = FILE.matcher(file.getValue());
        return node.find() && table.find()
                ? Optional.of("-option=" + node.group(1) + ",csv/file," + path(table.group(1)) + ",String")
                : Optional.empty();
    }

    private static Path path(final String table) {
        return Path.of(System.getProperty("gradienttape.datasets"), "tables", table);
    }
}
