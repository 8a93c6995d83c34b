/**
 * Files that appear as a whole or not at all, and nothing left of writers that died. Start at
 * {@link org.gradienttape.file.UnfinishedFiles}. Depends on nothing.
 */
package org.gradienttape.file;
