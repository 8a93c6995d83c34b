/**
 * What flows between the nodes beside tables: {@link org.gradienttape.nodes.ports.DatasetPortObject} and
 * {@link org.gradienttape.nodes.ports.ModelPortObject}. Both survive KNIME's copies and saved workflows through the
 * serializers that plugin.xml names; their specs hold what a successor needs to check itself at configure.
 */
package org.gradienttape.nodes.ports;
