/**
 * Files that appear as a whole or not at all, alone or together; what happens to those that are there; nothing left of
 * writers that died; folders that go with all they hold. Start at {@link org.gradienttape.file.AtomicFile}.
 */
package org.gradienttape.file;
