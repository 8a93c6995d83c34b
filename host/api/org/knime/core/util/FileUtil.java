package org.knime.core.util;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.gradienttape.host.api.location.KnimeUrl;

/** Files and the URLs that lead to them. */
public final class FileUtil {

    private FileUtil() {}

    /**
     * Makes a URL of a text that is one, or the path of a file.
     *
     * @throws InvalidPathException if it is neither
     */
    public static URL toURL(final String path) throws MalformedURLException, InvalidPathException {
        if (path.isEmpty()) {
            throw new InvalidPathException(path, "Empty path");
        }
        final String spaceless = path.replace(" ", "%20");
        if (spaceless.toLowerCase(Locale.ROOT).startsWith(KnimeUrl.SCHEME + ":")) {
            return KnimeUrl.of(spaceless);
        }
        try {
            return new URL(spaceless);
        } catch (final MalformedURLException e) {
            return Path.of(path).toAbsolutePath().toUri().toURL();
        }
    }

    /**
     * Finds the file of this machine that a URL of the scheme file or knime leads to.
     *
     * @return null if it is on another machine
     * @throws IllegalArgumentException if it leads nowhere
     */
    public static File getFileFromURL(final URL fileUrl) {
        final String scheme = fileUrl.getProtocol();
        if (scheme.equalsIgnoreCase(KnimeUrl.SCHEME)) {
            return KnimeUrl.resolve(fileUrl);
        }
        if (!scheme.equalsIgnoreCase("file")) {
            throw new IllegalArgumentException("This is no URL of a file: " + fileUrl);
        }
        try {
            return new File(fileUrl.toURI().getPath());
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
