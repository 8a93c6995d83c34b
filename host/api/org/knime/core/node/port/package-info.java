/**
 * What flows between ports that is no table. Start at {@link org.knime.core.node.port.PortObject} and
 * {@link org.knime.core.node.port.PortTypeRegistry}.
 */
package org.knime.core.node.port;
