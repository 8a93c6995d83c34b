package org.knime.core.data;

/** A cell without a value. */
public interface MissingValue extends DataValue {
    /** Why there is no value; null if nothing is known. */
    String getError();
}
