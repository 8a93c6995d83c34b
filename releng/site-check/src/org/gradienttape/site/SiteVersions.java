package org.gradienttape.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The versions of what an update site brings.
 *
 * @param nodes 0.1.0 and the time of a commit or of the build
 * @param libtorch libtorch's and the time of a commit or of the build, which may be the same
 */
record SiteVersions(String nodes, String libtorch) {
    static SiteVersions of(final Path site) throws IOException {
        return new SiteVersions(version(site, "org.gradienttape"), version(site, Platform.LINUX_X86_64.fragment()));
    }

    private static String version(final Path site, final String bundle) throws IOException {
        try (var jars = Files.newDirectoryStream(site.resolve("plugins"), bundle + "_[0-9]*.jar")) {
            final String name = jars.iterator().next().getFileName().toString();
            return name.substring(bundle.length() + 1, name.length() - ".jar".length());
        }
    }
}
