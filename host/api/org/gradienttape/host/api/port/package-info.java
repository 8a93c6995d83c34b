/**
 * The port types that plug-ins declare, and the way into KNIME's file stores, which nodes do not have. Start at
 * {@link org.gradienttape.host.api.port.PortDeclarations} and {@link org.gradienttape.host.api.port.FileStoreAccess}.
 */
package org.gradienttape.host.api.port;
