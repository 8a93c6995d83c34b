package org.gradienttape.column;

import java.util.List;

/** How the cells of one column become features. */
public sealed interface ColumnEncoding permits NumberEncoding, OneHotEncoding, TokenEncoding {
    /** Of the column. */
    String name();

    /** What the cells of the column must hold. */
    Column.Kind kind();

    /** How many features it becomes. */
    int width();

    /** How each feature is called, for people. */
    List<String> featureNames();
}
