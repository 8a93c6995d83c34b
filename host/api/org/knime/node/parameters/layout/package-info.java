/**
 * Where a parameter stands in the dialog.
 */
package org.knime.node.parameters.layout;
