package org.gradienttape.host.node;

import org.knime.core.node.NodeSettingsWO;

/** A kind of single entry in settings, and how it is written from a text. */
public enum EntryType {
    INT(
            "int",
            "a whole number from -2147483648 to 2147483647",
            (to, key, text) -> to.addInt(key, Integer.parseInt(text))),
    LONG("long", "a whole number of at most 64 bits", (to, key, text) -> to.addLong(key, Long.parseLong(text))),
    DOUBLE("double", "a number", (to, key, text) -> to.addDouble(key, Double.parseDouble(text))),
    FLOAT("float", "a number", (to, key, text) -> to.addFloat(key, Float.parseFloat(text))),
    BOOLEAN("boolean", "true or false", (to, key, text) -> to.addBoolean(key, truth(text))),
    BYTE("byte", "a whole number from -128 to 127", (to, key, text) -> to.addByte(key, Byte.parseByte(text))),
    CHAR("char", "one character", (to, key, text) -> to.addChar(key, single(text))),
    STRING("String", "a text", (to, key, text) -> to.addString(key, text));

    private final String word;
    private final String meaning;
    private final TextWriter writer;

    EntryType(final String word, final String meaning, final TextWriter writer) {
        this.word = word;
        this.meaning = meaning;
        this.writer = writer;
    }

    /** The word for this type in the batch option {@code -option}. */
    public String word() {
        return word;
    }

    /** What its values are, for a sentence: "a whole number". */
    public String meaning() {
        return meaning;
    }

    /** Whether the batch option's word means this type; as in KNIME, float writes a double. */
    boolean accepts(final String optionWord) {
        return word.equals(optionWord) || this == DOUBLE && FLOAT.word.equals(optionWord);
    }

    /**
     * Writes the value that a text stands for.
     *
     * @throws IllegalArgumentException if the text stands for no value of this type
     */
    void write(final NodeSettingsWO settings, final String key, final String text) {
        writer.write(settings, key, text);
    }

    private static boolean truth(final String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }

    private static char single(final String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }

    @FunctionalInterface
    private interface TextWriter {

        void write(NodeSettingsWO settings, String key, String text);
    }
}
