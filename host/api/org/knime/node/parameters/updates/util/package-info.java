/**
 * References that are predicates themselves.
 */
package org.knime.node.parameters.updates.util;
