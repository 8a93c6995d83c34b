package org.gradienttape.host.api.table;

/** Two rows of a table have the same key. */
public final class DuplicateRowKeyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String key;

    public DuplicateRowKeyException(final String key) {
        super("Encountered duplicate row ID \"" + key + "\"");
        this.key = key;
    }

    public String key() {
        return key;
    }
}
