package org.gradienttape.nodes;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.knime.core.util.FileUtil;

/**
 * Paths of this machine, as people type them into a dialog. "~" at the start is the home folder, URLs of the schemes
 * knime and file lead where KNIME says, and a relative path begins in the workflow's data area, the folder "data" of the
 * workflow.
 *
 * <p>What a path means depends on the workflow that asks: call from configure and execute only, and in their thread.
 */
public final class LocalPath {
    /** Says in the description of a setting what its paths mean. */
    public static final String HELP =
            " A relative path begins in the workflow's data area, <i>~</i> is the home folder,"
                    + " and <i>knime://</i> URLs of places on this machine work, too.";

    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final String WORKFLOW_FILE = "workflow.knime";
    private static final String NODE_FILE = "settings.xml";
    private static final String DATA_AREA = "knime://knime.workflow/data";

    private final String text;
    private final String what;

    private LocalPath(final String text, final String what) {
        this.text = text;
        this.what = what;
    }

    /**
     * The absolute path that a text means.
     *
     * @param what the setting's name in a sentence, for example "folder of the model file"
     * @throws InvalidInputException if the text is blank or leads to no place on this machine
     */
    public static Path of(final String text, final String what) {
        return ofOptional(text, what)
                .orElseThrow(() -> new InvalidInputException("The " + what + " is empty; choose one."));
    }

    /**
     * The absolute path that a text means; empty for a blank text.
     *
     * @throws InvalidInputException if the text leads to no place on this machine
     */
    public static Optional<Path> ofOptional(final String text, final String what) {
        final String path = withoutQuotes(text.strip());
        return path.isEmpty() ? Optional.empty() : Optional.of(new LocalPath(path, what).resolve());
    }

    /**
     * A folder that files are written into, and that is made where it is not there.
     *
     * @param what the setting's name in a sentence
     * @throws InvalidInputException if the text is blank or leads to no place on this machine, if there is a file in the
     *     place of the folder, or if KNIME keeps a node there
     */
    public static Path folderToWrite(final String text, final String what) {
        final Path folder = of(text, what);
        new LocalPath(text.strip(), what).checkWritable(folder);
        return folder;
    }

    /**
     * A folder for files of the node that asks: one of its own in a folder of the workflow's data area, the same each time.
     *
     * @param name of the folder that holds those of all nodes
     */
    public static Path folderOfNode(final String name) {
        return folderToWrite(name + "/" + nodeName(), "folder of the node");
    }

    /** As KNIME names the node's folder; in a workflow that was never saved there is none. */
    private static String nodeName() {
        final LocalPath node = new LocalPath("knime://knime.node", "node");
        final LocalPath workflow = new LocalPath("knime://knime.workflow", "workflow");
        try {
            return workflow.resolve().relativize(node.resolve()).toString();
        } catch (final InvalidInputException | IllegalArgumentException unsaved) {
            return "unsaved node";
        }
    }

    /**
     * A file of a folder, to be written.
     *
     * @param name may not lead to another folder
     * @param what the folder's name in a sentence
     * @throws InvalidInputException if the folder cannot be written into, the name is more than a name, or there is a
     *     folder of that name
     */
    public static Path fileToWrite(final String folder, final String name, final String what) {
        final Path path = folderToWrite(folder, what);
        final Path file;
        try {
            file = path.resolve(plainName(name));
        } catch (final InvalidPathException e) {
            throw new InvalidInputException(
                    "The file name \"" + name + "\" cannot be used here: " + e.getReason() + "; choose another.", e);
        }
        if (!path.equals(file.getParent())) { // C:x on Windows
            throw noPlainName(name);
        }
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(
                    "A file is to become " + file + ", but that is a folder; choose another name.");
        }
        if (file.endsWith(WORKFLOW_FILE) && Files.exists(file)) {
            throw new InvalidInputException("The file " + file + " is a workflow of KNIME; choose another name.");
        }
        return file;
    }

    /**
     * A file name without folders.
     *
     * @throws InvalidInputException if it is blank or leads to another folder
     */
    public static String plainName(final String fileName) {
        final String name = fileName.strip();
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/") || name.contains("\\")) {
            throw noPlainName(fileName);
        }
        return name;
    }

    private static InvalidInputException noPlainName(final String fileName) {
        return new InvalidInputException("The file name must be a name without folders, but it is \"" + fileName
                + "\"; choose the folder in its own setting.");
    }

    /** Windows copies paths with quotes around them. */
    private static String withoutQuotes(final String path) {
        final boolean quoted = path.length() > 1 && path.startsWith("\"") && path.endsWith("\"");
        return quoted ? path.substring(1, path.length() - 1).strip() : path;
    }

    /** Says early what would be lost after hours of training. */
    private void checkWritable(final Path folder) {
        Path there = folder;
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw refused("cannot be made, since " + there + " is no folder; choose another place.");
        }
        if (isOfNode(there)) {
            throw refused("is where KNIME keeps a node; choose the workflow's data area, as in " + DATA_AREA + ".");
        }
    }

    /** Whether a folder is that of a node, which KNIME replaces when it saves, or within one. */
    private static boolean isOfNode(final Path folder) {
        for (Path at = folder; at.getParent() != null; at = at.getParent()) {
            if (Files.exists(at.resolve(NODE_FILE)) && Files.exists(at.resolveSibling(WORKFLOW_FILE))) {
                return true;
            }
        }
        return false;
    }

    private Path resolve() {
        try {
            final Path path = PathForm.of(text, WINDOWS) == PathForm.URL ? ofUrl() : ofPath(text);
            return path.toAbsolutePath().normalize();
        } catch (final InvalidPathException e) {
            throw new InvalidInputException(
                    "The " + what + " must be a path of this machine, but it is \"" + text + "\": " + e.getReason()
                            + "; correct it.",
                    e);
        }
    }

    private Path ofPath(final String path) {
        return switch (PathForm.of(path, WINDOWS)) {
            case WHOLE -> Path.of(path);
            case HOME ->
                Path.of(System.getProperty("user.home") + path.substring(1).replace('\\', '/'));
            case RELATIVE -> inDataArea(path.replace('\\', '/'));
            case OF_WINDOWS -> throw refused("is a path of Windows; choose a path of this machine, or a relative one.");
            case WITHOUT_DRIVE ->
                throw refused("does not say which drive it is on; put the drive in front, as in C:\\.");
            case VARIABLE ->
                throw refused("begins with a variable, which is not replaced here; use a flow variable for the"
                        + " whole setting, or ~ for the home folder.");
            case URL -> throw refused("is a URL in a URL; correct it.");
        };
    }

    private Path inDataArea(final String path) {
        final Path area = fromKnime(DATA_AREA).toAbsolutePath().normalize();
        final Path resolved = area.resolve(path).normalize();
        if (!resolved.startsWith(area)) {
            throw refused("leads out of the workflow's data area, " + area
                    + "; choose a whole path, or begin it with knime://knime.workflow/.");
        }
        return resolved;
    }

    private Path ofUrl() {
        final UrlText url = parsed();
        return switch (url.scheme()) {
            case "knime" -> {
                if (url.host().isEmpty()) {
                    throw refused("names no place behind knime://; write it as in " + DATA_AREA + ".");
                }
                yield fromKnime(url.encoded());
            }
            case "file" -> ofFileUrl(url.file(WINDOWS).orElseThrow(this::elsewhere));
            default -> throw elsewhere();
        };
    }

    private UrlText parsed() {
        try {
            return UrlText.parse(text);
        } catch (final IOException e) {
            throw refused("has a code behind % that is no character in UTF-8; correct it.", e);
        }
    }

    private Path ofFileUrl(final String path) {
        final PathForm form = PathForm.of(path, WINDOWS);
        if (form == PathForm.RELATIVE || form == PathForm.HOME) {
            throw refused("is a file URL without a whole path; write the path alone.");
        }
        return ofPath(path);
    }

    private Path fromKnime(final String url) {
        final File file;
        try {
            file = FileUtil.getFileFromURL(FileUtil.toURL(url));
        } catch (final IOException | IllegalArgumentException e) {
            final String reason = String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
            throw refused(
                    "cannot be found from this workflow (" + reason + "); choose a whole path of this machine.", e);
        }
        if (file == null) {
            throw elsewhere();
        }
        return file.toPath();
    }

    private InvalidInputException elsewhere() {
        return refused("is not on this machine; choose a place that is.");
    }

    private InvalidInputException refused(final String rest) {
        return refused(rest, null);
    }

    private InvalidInputException refused(final String rest, final Exception cause) {
        return new InvalidInputException("The " + what + ", \"" + text + "\", " + rest, cause);
    }
}
