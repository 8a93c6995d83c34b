/**
 * Lists of groups of parameters in the dialog.
 */
package org.knime.node.parameters.array;
