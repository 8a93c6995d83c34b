/**
 * Where a running node is, and which files the knime: URLs that it asks for lead to from there. Start at
 * {@link org.gradienttape.host.api.location.KnimeUrl}; {@link org.gradienttape.host.api.location.NodePlace} is set by the
 * runner.
 */
package org.gradienttape.host.api.location;
