package org.gradienttape.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON as a text that UTF-8 and XML can hold. */
public final class JsonText {
    /** Of a pair of UTF-16, without the other half: what is left of an emoji where a text was cut. */
    private static final Pattern HALF = Pattern.compile("\\p{Cs}");

    private JsonText() {}

    /** The same JSON with all halves of characters, which stand within texts alone, escaped. */
    public static String of(final String json) {
        return HALF.matcher(json)
                .replaceAll(half -> Matcher.quoteReplacement(
                        "\\u" + Integer.toHexString(half.group().charAt(0))));
    }
}
