package org.gradienttape.data.source;

/** How the pixels of an image lie one after the other where they are stored. */
public enum PixelOrder {
    /** The first row, then the second, as nearly all files have them. */
    ROW_BY_ROW,
    /** The first column, then the second, as in the files of EMNIST and in what MATLAB writes. */
    COLUMN_BY_COLUMN
}
