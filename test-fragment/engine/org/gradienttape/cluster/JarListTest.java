package org.gradienttape.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarListTest {
    @TempDir
    private Path folder;

    /** The names are longer than a line of a manifest, and one has what a URL must not have. */
    @Test
    void whatTheNamedJarsHoldIsFoundFromACopyInAnotherFolder() throws Exception {
        final Path libraries = Files.createDirectories(folder.resolve("the libraries 100%"));
        final List<Path> jars = new ArrayList<>();
        for (final String name : List.of("a", "b", "c")) {
            jars.add(jar(libraries.resolve(name.repeat(60) + ".jar"), name + ".txt"));
        }
        final Path list = folder.resolve("list.jar");
        JarList.write(list, jars);
        final Path copy =
                Files.copy(list, Files.createDirectories(folder.resolve("copy")).resolve("list.jar"));

        try (URLClassLoader loader = new URLClassLoader(new URL[] {copy.toUri().toURL()}, null)) {
            for (final String name : List.of("a.txt", "b.txt", "c.txt")) {
                try (InputStream in = loader.getResourceAsStream(name)) {
                    assertThat(in).as(name).hasContent(name);
                }
            }
        }
    }

    /** One file, which holds its own name. */
    private static Path jar(final Path target, final String file) throws Exception {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target))) {
            jar.putNextEntry(new JarEntry(file));
            jar.write(file.getBytes(StandardCharsets.UTF_8));
        }
        return target;
    }
}
