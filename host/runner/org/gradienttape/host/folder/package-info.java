/** Copies and deletes whole folders: {@link org.gradienttape.host.folder.Folders}. Knows nothing of the host. */
package org.gradienttape.host.folder;
