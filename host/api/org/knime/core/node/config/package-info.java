/**
 * Configs that also hold cells, types and row keys of tables. Start at {@link org.knime.core.node.config.Config}.
 */
package org.knime.core.node.config;
