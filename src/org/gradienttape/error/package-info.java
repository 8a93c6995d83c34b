/**
 * The one exception of the engine whose message a user reads. The nodes turn it into KNIME's own exceptions in one
 * place. Depends on nothing.
 */
package org.gradienttape.error;
