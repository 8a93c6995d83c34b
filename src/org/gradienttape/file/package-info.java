/**
 * Files that appear as a whole or not at all, alone or together; what happens to those that are there; nothing left of
 * writers that died. Start at {@link org.gradienttape.file.AtomicFile}.
 */
package org.gradienttape.file;
