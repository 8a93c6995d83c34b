package org.gradienttape.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an installation is made of at one moment.
 *
 * @param bundles the version of each bundle that starts with it
 */
record Installation(Map<String, String> bundles) {
    private static final String BUNDLES = "configuration/org.eclipse.equinox.simpleconfigurator/bundles.info";

    static Installation read(final Path folder) throws IOException {
        final Map<String, String> bundles = new TreeMap<>();
        for (final String line : Files.readAllLines(folder.resolve(BUNDLES))) {
            if (!line.startsWith("#")) {
                final String[] fields = line.split(",");
                bundles.put(fields[0], fields[1]);
            }
        }
        return new Installation(bundles);
    }

    /** The bundles that the update site brings. */
    Map<String, String> ours() {
        final Map<String, String> ours = new TreeMap<>(bundles);
        ours.keySet()
                .removeIf(name -> !name.equals("org.gradienttape")
                        && !name.startsWith("org.gradienttape.natives")
                        && !name.startsWith("org.gradienttape.spark"));
        return ours;
    }
}
