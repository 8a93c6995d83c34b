/**
 * What a node's factory declares with KNIME's builders, as records that the runner reads. Start at
 * {@link org.gradienttape.host.api.node.NodeDeclaration#of}.
 */
package org.gradienttape.host.api.node;
