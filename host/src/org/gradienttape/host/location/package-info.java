/**
 * Where a running node is, and which files the knime: URLs that it asks for lead to from there. Start at
 * {@link org.gradienttape.host.location.KnimeUrl}.
 */
package org.gradienttape.host.location;
