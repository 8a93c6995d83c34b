/** Filling tables and reading their rows. */
package org.knime.core.data.container;
