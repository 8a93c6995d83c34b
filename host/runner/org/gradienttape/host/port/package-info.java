/**
 * Port types, copies of port objects, saved ports and file stores. Start at
 * {@link org.gradienttape.host.port.PortObjectCopy} and {@link org.gradienttape.host.port.SavedPort}.
 */
package org.gradienttape.host.port;
