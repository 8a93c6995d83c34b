/**
 * Text fields of the dialog and their limits.
 */
package org.knime.node.parameters.widget.text;
