package org.gradienttape.data.reader;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.ImageForm;
import org.gradienttape.data.source.ReadMonitor;
import org.gradienttape.data.source.SampleRows;
import org.gradienttape.data.source.Samples;
import org.gradienttape.error.InvalidInputException;

/**
 * A table that somebody else holds.
 *
 * @param rows of the table
 * @param test rows of another table with the same columns that is kept for tests
 * @param form what becomes of the images; for rows of numbers, its size says which image they are
 */
public record TableSource(SampleRows rows, Optional<SampleRows> test, ImageForm form) implements DatasetSource {
    @Override
    public Samples open(final boolean withTestFiles, final ReadMonitor monitor) throws IOException {
        return RowSamples.open(withTestFiles ? List.of(rows, testRows()) : List.of(rows), form, monitor);
    }

    private SampleRows testRows() {
        return test.orElseThrow(() -> new InvalidInputException(
                "A table has no test files of its own; choose another held-out part and do not merge."));
    }

    @Override
    public boolean isKnownAhead() {
        return false;
    }

    @Override
    public boolean isScanned() {
        return true;
    }

    @Override
    public boolean isDecoded() {
        return rows.columns().isEmpty();
    }
}
