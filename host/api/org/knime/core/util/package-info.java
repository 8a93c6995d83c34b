/** What KNIME offers for files. Start at {@link org.knime.core.util.FileUtil}. */
package org.knime.core.util;
