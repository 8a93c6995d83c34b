/**
 * Parameters of a node: a class of fields, annotated for the dialog.
 *
 * <p>Start at {@link org.knime.node.parameters.NodeParameters}. The types of this package and those below it stand in
 * for KNIME's of the same names. This host has no dialog: it stores the parameters and leaves the dialog annotations
 * unread.
 */
package org.knime.node.parameters;
