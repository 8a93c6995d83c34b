package org.gradienttape.data.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.gradienttape.error.InvalidInputException;

/**
 * What a NumPy array file says of itself before its numbers.
 *
 * <p>The format (numpy.org/doc/stable/reference/generated/numpy.lib.format.html): the byte 93 hex and "NUMPY", two bytes of
 * version, the length of the header, then a Python dictionary of the element type, the order and the shape. Only plain
 * numbers and texts are taken: an array of Python objects would hold a pickle, which is a program.
 *
 * @param type of the elements
 * @param firstFastest whether neighbours in the file differ in the first index (Fortran order), not in the last
 * @param dimensions each at least 1
 * @param bytes of the header itself, all that comes before the numbers
 */
record NpyHeader(NpyType type, boolean firstFastest, List<Integer> dimensions, int bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** NumPy itself refuses to read longer ones. */
    private static final int LONGEST = 10_000;

    private static final Pattern ENTRY =
            Pattern.compile("\\s*'(\\w+)'\\s*:\\s*('[^']*'|True|False|\\([^()]*\\)|\\[.*])\\s*(?:,|(?=}))");
    private static final int LONGEST_SHOWN = 100;
    /** NumPy itself takes no more. */
    private static final int MOST_DIMENSIONS = 64;

    /**
     * Reads the header at the start of a file.
     *
     * @param place the array and its file, for a sentence
     * @throws InvalidInputException if it is no such header, or declares what is not taken
     */
    static NpyHeader read(final InputStream in, final String place) throws IOException {
        final byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
            throw refused(
                    place, "should start with 93 hex and NUMPY, but it does not; it is damaged or no NumPy array");
        }
        final int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw refused(place, "should have the format version 1 to 3, but it has " + version);
        }
        final int lengthBytes = version == 1 ? 2 : 4;
        final long length = unsigned(in.readNBytes(lengthBytes), lengthBytes, place);
        if (length > LONGEST) {
            throw refused(place, "should have a header of at most " + LONGEST + " bytes, but it declares " + length);
        }
        final byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw refused(place, "ends within its header; it is cut off");
        }
        final Map<String, String> entries = entries(new String(text, StandardCharsets.UTF_8), place);
        final List<Integer> dimensions = dimensions(entries.get("shape"), place);
        return new NpyHeader(
                type(entries.get("descr"), place),
                firstFastest(entries.get("fortran_order"), place) && dimensions.size() > 1,
                dimensions,
                MAGIC.length + 2 + lengthBytes + (int) length);
    }

    /** For sentences, for example "60000 x 28 x 28 numbers". */
    String declared() {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining(" x ")) + " numbers";
    }

    /** How many bytes header and numbers take together. */
    long fileBytes(final String place) {
        try {
            long size = type.bytes();
            for (final int dimension : dimensions) {
                size = Math.multiplyExact(size, (long) dimension);
            }
            return Math.addExact(size, bytes);
        } catch (final ArithmeticException overflow) {
            throw new InvalidInputException(
                    "The header of the array " + place + " declares " + declared()
                            + ", more than any file can hold; it is damaged, get it again.",
                    overflow);
        }
    }

    private static long unsigned(final byte[] bytes, final int expected, final String place) {
        if (bytes.length < expected) {
            throw refused(place, "ends within its header; it is cut off");
        }
        final ByteBuffer number = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return expected == 2 ? Short.toUnsignedLong(number.getShort()) : Integer.toUnsignedLong(number.getInt());
    }

    private static Map<String, String> entries(final String header, final String place) {
        final String text = header.strip();
        final Map<String, String> entries = new HashMap<>();
        boolean understood = text.startsWith("{") && text.endsWith("}");
        int at = 1;
        final Matcher entry = ENTRY.matcher(text);
        while (understood
                && at < text.length() - 1
                && !text.substring(at, text.length() - 1).isBlank()) {
            entry.region(at, text.length());
            understood = entry.lookingAt() && entries.put(entry.group(1), entry.group(2)) == null;
            at = understood ? entry.end() : at;
        }
        if (!understood || !entries.keySet().equals(Set.of("descr", "fortran_order", "shape"))) {
            throw refused(place, "should have a header with descr, fortran_order and shape, but it has " + shown(text));
        }
        return entries;
    }

    private static NpyType type(final String descr, final String place) {
        final String name = descr.replace("'", "");
        if (name.endsWith("O")) {
            throw refused(
                    place, "holds Python objects, which are pickled and never read here; save it with numbers only");
        }
        return NpyType.of(name)
                .orElseThrow(() -> refused(
                        place,
                        "should hold truth values, whole numbers, f2, f4 or f8 numbers, or texts, but it holds "
                                + shown(descr) + "; save it with one of these types"));
    }

    private static boolean firstFastest(final String fortranOrder, final String place) {
        if (!fortranOrder.equals("True") && !fortranOrder.equals("False")) {
            throw refused(place, "should say True or False for fortran_order, but it says " + shown(fortranOrder));
        }
        return fortranOrder.equals("True");
    }

    private static List<Integer> dimensions(final String shape, final String place) {
        if (!shape.startsWith("(")) {
            throw refused(place, "should have at least one dimension, but its shape is " + shown(shape));
        }
        final String[] sizes = shape.substring(1, shape.length() - 1).strip().split("\\s*,\\s*");
        if (sizes.length > MOST_DIMENSIONS) {
            throw refused(place, "should have at most " + MOST_DIMENSIONS + " dimensions, but it has " + sizes.length);
        }
        if (sizes.length == 0 || sizes[0].isEmpty()) {
            throw refused(place, "should have at least one dimension, but its shape is " + shape);
        }
        return Arrays.stream(sizes).map(size -> dimension(size, place)).toList();
    }

    private static int dimension(final String size, final String place) {
        if (size.matches("\\d{1,10}") && Long.parseLong(size) >= 1 && Long.parseLong(size) <= Integer.MAX_VALUE) {
            return Integer.parseInt(size);
        }
        throw refused(place, "should have sizes from 1 to " + Integer.MAX_VALUE + ", but one is " + shown(size));
    }

    /** On one line and not too long, whatever the file holds. */
    private static String shown(final String text) {
        final String line = text.replaceAll("[^\\x20-\\x7e]", "?").replaceAll(" +", " ");
        return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + " ..." : line;
    }

    private static InvalidInputException refused(final String place, final String why) {
        return new InvalidInputException(
                "The array " + place + " " + why + "; choose another array or get the file again.");
    }
}
