package org.gradienttape.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** A jar that only names others: what loads classes from it finds theirs, wherever it is copied to on this machine. */
final class JarList {
    private JarList() {}

    /**
     * Writes it.
     *
     * @param jars in the order in which they are looked into
     */
    static void write(final Path target, final List<Path> jars) throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        jars.stream().map(jar -> jar.toUri().toString()).collect(Collectors.joining(" ")));
        try (OutputStream file = Files.newOutputStream(target);
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.finish();
        }
    }
}
