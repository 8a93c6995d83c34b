package org.gradienttape.data.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;

/** The records of a CSV file, one after the other; what the library throws becomes a sentence. */
final class CsvLines implements Closeable {
    private static final int BYTE_ORDER_MARK = 0xfeff;

    private final Path path;
    private final FileChannel file;
    private final CloseableIterator<CsvRecord> records;
    /** The next record if it was looked at already; null if not. */
    private CsvRecord ahead;

    private boolean isAtEnd;

    private CsvLines(final Path path, final FileChannel file, final CsvSyntax syntax) throws IOException {
        this.path = path;
        this.file = file;
        final BufferedReader text = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        this.records = CsvReader.builder()
                .fieldSeparator(syntax.separator())
                .quoteCharacter(syntax.quote())
                .allowMissingFields(true) // ragged rows are refused elsewhere, in our words
                .allowExtraFields(true)
                .ofCsvRecord(new EndedText(text))
                .iterator();
    }

    /** Starts before the first record. */
    static CsvLines open(final Path path, final CsvSyntax syntax) throws IOException {
        final FileChannel file = channel(path);
        try {
            return new CsvLines(path, file, syntax);
        } catch (final IOException trouble) {
            file.close();
            throw sentence(path, trouble);
        }
    }

    private static FileChannel channel(final Path path) throws IOException {
        try {
            return FileChannel.open(path);
        } catch (final IOException trouble) {
            throw sentence(path, trouble);
        }
    }

    boolean hasNext() throws IOException {
        if (ahead == null && !isAtEnd) {
            look();
        }
        return !isAtEnd;
    }

    private void look() throws IOException {
        final CsvRecord record = read();
        final String last = record.getField(record.getFieldCount() - 1);
        isAtEnd = record.getFieldCount() == 1 && last.equals(EndedText.END);
        if (!isAtEnd && last.endsWith(EndedText.END)) {
            throw new InvalidInputException(path
                    + " should close each quote, but one in the row that begins in line "
                    + record.getStartingLineNumber()
                    + " stays open until the end of the file; correct it, or say that nothing is between quotes.");
        }
        ahead = record;
    }

    private CsvRecord read() throws IOException {
        try {
            return records.next();
        } catch (final CsvParseException broken) {
            final Throwable cause = broken.getCause();
            throw new InvalidInputException(
                    path + " should be a CSV file, but it cannot be read ("
                            + broken.getMessage().replace("Exception when reading", "in the")
                            + (cause == null ? "" : ": " + cause.getMessage()) + "); correct it.",
                    broken);
        } catch (final UncheckedIOException trouble) {
            throw sentence(path, trouble.getCause());
        }
    }

    CsvRecord next() throws IOException {
        if (!hasNext()) {
            throw new NoSuchElementException("behind the last record");
        }
        final CsvRecord next = ahead;
        ahead = null;
        return next;
    }

    /** How much of the file is read, from 0 to 1. */
    double fraction() throws IOException {
        return Math.min(1, (double) file.position() / Math.max(1, file.size()));
    }

    @Override
    public void close() throws IOException {
        records.close();
        file.close();
    }

    private static IOException sentence(final Path path, final IOException trouble) {
        if (trouble instanceof CharacterCodingException) {
            throw new InvalidInputException(
                    path + " should be text in UTF-8, but it holds other bytes; save it as UTF-8.", trouble);
        }
        return FileTrouble.reading("The CSV file", path, trouble);
    }
}
