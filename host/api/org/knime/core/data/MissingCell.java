package org.knime.core.data;

/** The cell that stands where a value is missing; it fits every column. */
public final class MissingCell extends DataCell implements MissingValue {
    static final MissingCell INSTANCE = new MissingCell(null);

    private static final long serialVersionUID = 1L;

    private final String error;

    /** @param error why there is no value; null if nothing is known */
    public MissingCell(final String error) {
        this.error = error;
    }

    @Override
    public String getError() {
        return error;
    }

    @Override
    public boolean isMissing() {
        return true;
    }

    @Override
    protected boolean equalsDataCell(final DataCell other) {
        return true;
    }

    @Override
    public int hashCode() {
        return MissingCell.class.getName().hashCode();
    }

    @Override
    public String toString() {
        return "?";
    }
}
