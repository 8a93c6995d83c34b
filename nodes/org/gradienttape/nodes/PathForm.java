package org.gradienttape.nodes;

import java.util.regex.Pattern;

/** The forms in which people write paths; only that of whole paths differs between systems. */
enum PathForm {
    /** A scheme of two letters or more with a path: knime://LOCAL/models, file:/models, https://example.org. */
    URL,
    /** The home folder or something in it: ~/models. */
    HOME,
    /** A whole path of this system: /models, or on Windows C:\models and \\server\models. */
    WHOLE,
    /** A whole path of Windows, where the system is none. */
    OF_WINDOWS,
    /** A path of Windows that leaves out which drive it is on: \models, /models, C:models. */
    WITHOUT_DRIVE,
    /** A path that begins with a variable of a shell: $HOME/models, %USERPROFILE%\models; ./$x is none. */
    VARIABLE,
    /** Everything else; folders are separated by / or \ on all systems. */
    RELATIVE;

    private static final Pattern URL_TEXT =
            Pattern.compile("(?:knime|file):.*|[a-z][a-z0-9+.-]+:[/\\\\].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern VARIABLE_TEXT = Pattern.compile("\\$.*|%[^%/\\\\]+%.*", Pattern.DOTALL);
    private static final Pattern HOME_TEXT = Pattern.compile("~(?:[/\\\\].*)?", Pattern.DOTALL);
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);
    private static final Pattern ROOT_OF_DRIVE = Pattern.compile("[A-Za-z]:[/\\\\].*", Pattern.DOTALL);
    private static final Pattern SERVER = Pattern.compile("(?:\\\\\\\\|//).*", Pattern.DOTALL);

    /**
     * The form of a path.
     *
     * @param windows whether the system is Windows
     */
    static PathForm of(final String path, final boolean windows) {
        if (URL_TEXT.matcher(path).matches()) {
            return URL;
        }
        if (HOME_TEXT.matcher(path).matches()) {
            return HOME;
        }
        if (VARIABLE_TEXT.matcher(path).matches()) {
            return VARIABLE;
        }
        return windows ? ofWindows(path) : ofOthers(path);
    }

    private static PathForm ofWindows(final String path) {
        if (ROOT_OF_DRIVE.matcher(path).matches() || SERVER.matcher(path).matches()) {
            return WHOLE;
        }
        final boolean rooted = path.startsWith("/") || path.startsWith("\\");
        return rooted || DRIVE.matcher(path).matches() ? WITHOUT_DRIVE : RELATIVE;
    }

    private static PathForm ofOthers(final String path) {
        if (path.startsWith("/")) {
            return WHOLE;
        }
        final boolean onlyDrive = path.length() == 2 && DRIVE.matcher(path).matches();
        return path.startsWith("\\") || onlyDrive || ROOT_OF_DRIVE.matcher(path).matches() ? OF_WINDOWS : RELATIVE;
    }
}
