package org.gradienttape.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes the update site of an earlier build out of a site: the same content under a smaller version. */
final class PreviousSite {
    private static final String VERSION = "0.1.0.";
    private static final String QUALIFIER = "202001010000";

    private final Path site;
    private final String qualifier;

    private PreviousSite(final Path site) throws IOException {
        this.site = site;
        try (var jars = Files.newDirectoryStream(site.resolve("plugins"), "org.gradienttape_*.jar")) {
            final String name = jars.iterator().next().getFileName().toString();
            qualifier = name.substring(name.indexOf(VERSION) + VERSION.length(), name.length() - ".jar".length());
        }
    }

    /** Writes the earlier site into an empty folder and returns the version of its feature. */
    static String of(final Path site, final Path folder) throws IOException {
        final PreviousSite previous = new PreviousSite(site);
        for (final String index : List.of("content", "artifacts")) {
            previous.copyIndex(index, folder);
        }
        for (final String kind : List.of("plugins", "features")) {
            previous.copyJars(kind, folder);
        }
        return VERSION + QUALIFIER;
    }

    /** The version of the site that the earlier one was made from. */
    static String versionOf(final Path site) throws IOException {
        return VERSION + new PreviousSite(site).qualifier;
    }

    private void copyIndex(final String name, final Path folder) throws IOException {
        try (ZipFile jar = new ZipFile(site.resolve(name + ".jar").toFile())) {
            final String index = text(jar, jar.getEntry(name + ".xml"));
            final String older = older(index).replaceAll("<property name='download\\.checksum[^>]*/>", "");
            Files.writeString(folder.resolve(name + ".xml"), older);
        }
    }

    /** Copies the jars of the nodes and links those of libtorch, whose version is the same in both sites. */
    private void copyJars(final String kind, final Path folder) throws IOException {
        Files.createDirectory(folder.resolve(kind));
        try (var jars = Files.newDirectoryStream(site.resolve(kind))) {
            for (final Path jar : jars) {
                final String name = jar.getFileName().toString();
                final Path copy = folder.resolve(kind).resolve(older(name));
                if (name.contains(qualifier)) {
                    copyJar(jar, copy);
                } else {
                    Files.createSymbolicLink(copy, jar);
                }
            }
        }
    }

    private void copyJar(final Path from, final Path to) throws IOException {
        try (ZipFile jar = new ZipFile(from.toFile());
                OutputStream out = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (final ZipEntry entry : jar.stream().toList()) {
                final String name = entry.getName();
                zip.putNextEntry(new ZipEntry(name));
                if (name.equals("META-INF/MANIFEST.MF") || name.equals("feature.xml")) {
                    zip.write(older(text(jar, entry)).getBytes(StandardCharsets.UTF_8));
                } else {
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(zip);
                    }
                }
            }
        }
    }

    private String older(final String text) {
        return text.replace(qualifier, QUALIFIER);
    }

    private static String text(final ZipFile jar, final ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
