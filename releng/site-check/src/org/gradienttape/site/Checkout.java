package org.gradienttape.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Places in the checkout that is tested. */
final class Checkout {
    static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    static final Path UPDATE_SITE = ROOT.resolve("update-site/target/repository");

    /** Holds Equinox and the host, what an installation of ours needs around it. */
    static final Path HEADLESS_REPOSITORY = ROOT.resolve("headless/target/repository");

    static final Path HEADLESS_PRODUCT =
            ROOT.resolve("headless/target/products/org.gradienttape.headless/linux/gtk/x86_64");

    private Checkout() {}

    static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
