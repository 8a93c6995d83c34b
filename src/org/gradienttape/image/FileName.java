package org.gradienttape.image;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;

/** A file name that means one file in its folder, and the same one on Linux, Windows and macOS. */
final class FileName {
    private static final int LONGEST = 255;
    private static final Pattern NOT_ON_WINDOWS = Pattern.compile("[<>:\"|?*]");

    /** Windows opens a device for these, with any ending ("Naming Files, Paths, and Namespaces", learn.microsoft.com). */
    private static final Pattern DEVICE = Pattern.compile(
            "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|COM[0-9\u00b9\u00b2\u00b3]|LPT[0-9\u00b9\u00b2\u00b3]) *(\\..*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private FileName() {}

    /**
     * The name of a file of this format: the wanted one, with an ending that fits.
     *
     * @throws InvalidInputException as {@link #checked}, also if there is nothing before the ending
     */
    static String of(final String wanted, final ImageFormat format) {
        final String name = format.fileName(checked(wanted));
        if (name.substring(0, name.lastIndexOf('.')).isBlank()) {
            throw refused(wanted, "has nothing before its ending");
        }
        return checked(name);
    }

    /**
     * The same name, if it is one.
     *
     * @throws InvalidInputException if it leads to another folder, or is none on one of the systems; the sentence starts
     *     with "the file name"
     */
    static String checked(final String name) {
        if (name.isBlank()) {
            throw refused(name, "is empty");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw refused(name, "holds a control character");
        }
        if (name.contains("/") || name.contains("\\")) {
            throw refused(name, "leads to another folder");
        }
        if (NOT_ON_WINDOWS.matcher(name).find()) {
            throw refused(name, "holds one of the characters < > : \" | ? *, which are not for file names");
        }
        if (name.endsWith(".") || name.endsWith(" ")) {
            throw refused(name, "ends with a dot or a space");
        }
        if (DEVICE.matcher(name).matches()) {
            throw refused(name, "is a device on Windows");
        }
        if (name.length() > LONGEST || name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw refused(name.substring(0, 20) + "...", "is longer than " + LONGEST + " bytes");
        }
        return name;
    }

    /** Equal for two names that may mean the same file on one of the systems. */
    static String identity(final String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private static InvalidInputException refused(final String name, final String reason) {
        return new InvalidInputException("the file name \"" + visible(name) + "\" " + reason);
    }

    /** With a question mark for each control character. */
    private static String visible(final String name) {
        return name.replaceAll("\\p{Cc}", "?");
    }
}
