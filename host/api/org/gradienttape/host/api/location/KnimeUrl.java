package org.gradienttape.host.api.location;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Resolves URLs of the scheme knime as KNIME's batch application does for a workflow that it opens from a folder: such
 * a workflow is in no space, so that nothing outside its folder is relative to it.
 */
public final class KnimeUrl {

    /** The scheme of these URLs. */
    public static final String SCHEME = "knime";

    /** The mountpoint of the workspace. */
    private static final String LOCAL = "LOCAL";

    /** The mountpoint that every KNIME has for its community hub, which is on another machine. */
    private static final String HUB = "My-KNIME-Hub";

    /** Lets such URLs be made, which Java refuses for schemes that it does not know. */
    private static final URLStreamHandler HANDLER = new URLStreamHandler() {
        @Override
        protected URLConnection openConnection(final URL url) throws IOException {
            throw new IOException("The host opens no connections; it resolves " + url + " to a file.");
        }
    };

    private KnimeUrl() {}

    /** Makes a URL of a text that begins with the scheme. */
    public static URL of(final String text) throws MalformedURLException {
        return new URL(null, text, HANDLER);
    }

    /**
     * Finds the file that a URL leads to from the node that this thread works for.
     *
     * @return null if the file is on another machine
     * @throws IllegalArgumentException if the URL leads nowhere from this node
     */
    public static File resolve(final URL url) {
        final String authority = url.getAuthority();
        if (authority == null || authority.isEmpty()) {
            throw new IllegalArgumentException("The URL " + url + " names no place behind knime://");
        }
        final String path = path(url);
        switch (authority.toLowerCase(Locale.ROOT)) {
            case "knime.workflow":
                return inside(place(url).workflow(), place(url).workflow(), path);
            case "knime.node":
                return inside(place(url).workflow(), place(url).node(), path);
            case "knime.space", "knime.mountpoint":
                throw new IllegalArgumentException("The workflow is in no space, since it was opened from a folder");
            default:
                return mounted(url, authority, path);
        }
    }

    private static File mounted(final URL url, final String mountpoint, final String path) {
        if (HUB.equals(mountpoint)) {
            return null;
        }
        if (!LOCAL.equals(mountpoint)) {
            throw new IllegalArgumentException("There is no mountpoint " + mountpoint);
        }
        final Path workspace = place(url)
                .workspace()
                .orElseThrow(() -> new IllegalArgumentException("There is no workspace for " + url));
        return inside(workspace, workspace, path);
    }

    private static NodePlace place(final URL url) {
        return NodePlace.current()
                .orElseThrow(
                        () -> new IllegalArgumentException("There is no workflow that " + url + " is relative to"));
    }

    private static File inside(final Path scope, final Path start, final String path) {
        final Path resolved = start.resolve(path).normalize();
        if (!resolved.startsWith(scope)) {
            throw new IllegalArgumentException(resolved + " is outside " + scope);
        }
        return resolved.toFile();
    }

    /** The path without its leading slashes, decoded. */
    private static String path(final URL url) {
        try {
            final String path = url.toURI().getPath();
            return path == null ? "" : path.replaceFirst("^/+", "");
        } catch (final URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
