/**
 * Files and folders, and sentences about them. Whole folders are copied and deleted by
 * {@link org.gradienttape.host.folder.Folders}; what is written beside its place, and what killed processes have left of it, is
 * in {@link org.gradienttape.host.folder.Beside}. Knows nothing of the host.
 */
package org.gradienttape.host.folder;
