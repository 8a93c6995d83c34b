package org.gradienttape.data.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * A text with one more line behind it. The library takes what is between an open quote and the end of a file for a cell; only
 * where this line is a record of its own, all quotes were closed.
 */
final class EndedText extends FilterReader {
    /** The last line: no character of Unicode, so that no text has it. */
    static final String END = "\uffff";

    private static final String LAST_LINE = "\n" + END;

    private int written;
    private boolean isDone;

    EndedText(final Reader text) {
        super(text);
    }

    @Override
    public int read() throws IOException {
        final char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(final char[] target, final int from, final int most) throws IOException {
        final int count = isDone ? -1 : super.read(target, from, most);
        if (count >= 0) {
            return count;
        }
        isDone = true;
        final int more = Math.min(most, LAST_LINE.length() - written);
        LAST_LINE.getChars(written, written + more, target, from);
        written += more;
        return more == 0 ? -1 : more;
    }
}
