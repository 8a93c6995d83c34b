/**
 * The fluent declaration of a node: its texts, ports, parameters and the two functions that configure and execute it.
 *
 * <p>Start at {@link org.knime.node.DefaultNode#create()}. The types stand in for KNIME's of the same names and offer
 * the part of them that the nodes use; what a declaration holds is read through {@link
 * org.gradienttape.host.api.node.NodeDeclaration}.
 */
package org.knime.node;
