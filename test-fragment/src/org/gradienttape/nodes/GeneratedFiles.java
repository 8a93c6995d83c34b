package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files of the checkout that are made from the nodes. A test makes them below the folder target of the tests and
 * compares; {@code ./gradienttape generate} copies them from there to their places.
 */
public final class GeneratedFiles {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final String HINT = "%s is not what the nodes declare. If the change is meant, run ./gradienttape"
            + " generate, look at the difference and commit it.";

    private final Path folder;
    private final Set<String> made = new TreeSet<>();

    /** @param folder where the files belong, below the root of the checkout */
    public GeneratedFiles(final String folder) {
        this.folder = Path.of(folder);
    }

    /** Makes one file. */
    public void write(final String name, final String content) throws IOException {
        final Path file =
                ROOT.resolve("test-fragment/target/generated").resolve(folder).resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        made.add(name);
    }

    /** Whether the committed file is the one that was made. */
    public void assertCommitted(final String name) throws IOException {
        final Path made =
                ROOT.resolve("test-fragment/target/generated").resolve(folder).resolve(name);
        final Path committed = ROOT.resolve(folder).resolve(name);
        assertThat(committed).as(HINT, committed).exists();
        assertThat(Files.readString(committed)).as(HINT, committed).isEqualTo(Files.readString(made));
    }

    /** Whether no other file lies in the folder. */
    public void assertNoOther() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            final List<String> present =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(present).as("the files in " + folder).isEqualTo(List.copyOf(made));
        }
    }
}
