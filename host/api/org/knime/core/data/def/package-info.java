/** Cells of numbers, texts and truth values, and rows of them. */
package org.knime.core.data.def;
