/**
 * Loading settings that an older version of a node saved.
 */
package org.knime.node.parameters.migration;
