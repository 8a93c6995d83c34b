/** Files that belong to a port object. Start at {@link org.knime.core.data.filestore.FileStorePortObject}. */
package org.knime.core.data.filestore;
