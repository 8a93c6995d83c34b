/**
 * Trees of keys and typed values, and their XML form. Start at {@link org.knime.core.node.config.base.ConfigBase}.
 */
package org.knime.core.node.config.base;
