package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes one file of bytes. */
    public void write(final String name, final byte[] content) throws IOException {
        final Path file = made(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        made.add(name);
    }

    /** Whether the committed file is there and the one that was made. */
    public boolean isCommitted(final String name) throws IOException {
        final Path committed = committed(name);
        return Files.exists(committed) && Files.mismatch(committed, made(name)) == -1;
    }

    /** Whether the committed file is the one that was made. */
    public void assertCommitted(final String name) throws IOException {
        final Path committed = committed(name);
        assertThat(committed).as(HINT, committed).exists();
        assertThat(Files.readString(committed)).as(HINT, committed).isEqualTo(Files.readString(made(name)));
    }

    private Path made(final String name) {
        return ROOT.resolve("test-fragment/target/generated").resolve(folder).resolve(name);
    }

    private Path committed(final String name) {
        return ROOT.resolve(folder).resolve(name);
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
