/**
 * Choices of several things at once.
 */
package org.knime.node.parameters.widget.choices.filter;
