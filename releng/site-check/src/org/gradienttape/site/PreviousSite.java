package org.gradienttape.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Makes the update site of an earlier build out of a site: the same content under smaller versions. */
final class PreviousSite {
    static final String NODES = "0.1.0.202001010000";
    static final String LIBTORCH = "2.7.1.202001010000";

    private final Path site;
    private final Map<String, String> earlier;

    private PreviousSite(final Path site, final Map<String, String> earlier) {
        this.site = site;
        this.earlier = earlier;
    }

    /** Writes the site of a build before the nodes changed into an empty folder; libtorch is the same. */
    static void withOlderNodes(final Path site, final Path folder) throws IOException {
        new PreviousSite(site, Map.of(SiteVersions.of(site).nodes(), NODES)).write(folder);
    }

    /** Writes the site of a build before the nodes and the fragment with libtorch changed into an empty folder. */
    static void withOlderNodesAndLibtorch(final Path site, final Path folder) throws IOException {
        final SiteVersions now = SiteVersions.of(site);
        new PreviousSite(site, Map.of(now.nodes(), NODES, now.libtorch(), LIBTORCH)).write(folder);
    }

    private void write(final Path folder) throws IOException {
        for (final String index : List.of("content", "artifacts")) {
            copyIndex(index, folder);
        }
        for (final String kind : List.of("plugins", "features")) {
            copyJars(kind, folder);
        }
    }

    private void copyIndex(final String name, final Path folder) throws IOException {
        try (ZipFile jar = new ZipFile(site.resolve(name + ".jar").toFile())) {
            final String index = text(jar, jar.getEntry(name + ".xml"));
            final String older = older(index).replaceAll("<property name='download\\.checksum[^>]*/>", "");
            Files.writeString(folder.resolve(name + ".xml"), older);
        }
    }

    /** Copies the jars that get another version and links the others. */
    private void copyJars(final String kind, final Path folder) throws IOException {
        Files.createDirectory(folder.resolve(kind));
        try (var jars = Files.newDirectoryStream(site.resolve(kind))) {
            for (final Path jar : jars) {
                final String name = jar.getFileName().toString();
                final Path copy = folder.resolve(kind).resolve(older(name));
                if (older(name).equals(name)) {
                    Files.createSymbolicLink(copy, jar);
                } else {
                    copyJar(jar, copy);
                }
            }
        }
    }

    private void copyJar(final Path from, final Path to) throws IOException {
        try (ZipFile jar = new ZipFile(from.toFile());
                OutputStream out = Files.newOutputStream(to);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
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
        String older = text;
        for (final Map.Entry<String, String> version : earlier.entrySet()) {
            older = older.replace(version.getKey(), version.getValue());
        }
        return older;
    }

    private static String text(final ZipFile jar, final ZipEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
