package org.knime.core.data.container;

import java.io.Closeable;
import org.knime.core.data.RowIterator;

/** An iterator over rows that frees what it holds when closed; after that it has no more rows. */
public abstract class CloseableRowIterator extends RowIterator implements Closeable {
    @Override
    public abstract void close();
}
