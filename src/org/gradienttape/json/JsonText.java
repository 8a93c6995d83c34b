package org.gradienttape.json;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gradienttape.error.InvalidInputException;

/** JSON as a text that UTF-8 and XML can hold. */
public final class JsonText {
    /** Of one text; a longer one is neither written nor read. */
    public static final int MOST_BYTES = 1 << 26;

    /** Of a pair of UTF-16, without the other half: what is left of an emoji where a text was cut. */
    private static final Pattern HALF = Pattern.compile("\\p{Cs}");

    private JsonText() {}

    /**
     * The same JSON in UTF-8.
     *
     * @param what it is, for the sentence, for example "The description of the model"
     * @param advice what makes it shorter, for example "choose fewer columns"
     * @throws InvalidInputException if it is longer than what is read again
     */
    public static byte[] bytes(final String what, final String json, final String advice) {
        final byte[] bytes = of(json).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            throw new InvalidInputException(what + " may take at most " + MOST_BYTES + " bytes, but it takes "
                    + bytes.length + "; " + advice + ".");
        }
        return bytes;
    }

    /** The same JSON with all halves of characters, which stand within texts alone, escaped. */
    public static String of(final String json) {
        return HALF.matcher(json)
                .replaceAll(half -> Matcher.quoteReplacement(
                        "\\u" + Integer.toHexString(half.group().charAt(0))));
    }
}
