package org.knime.core.data;

/** What a cell offers to be read as; a cell may offer several values. */
public interface DataValue {}
