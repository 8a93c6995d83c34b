/**
 * What a node works with: settings, tables, the context of its execution, and exceptions. Start at
 * {@link org.knime.core.node.ExecutionContext}.
 */
package org.knime.core.node;
