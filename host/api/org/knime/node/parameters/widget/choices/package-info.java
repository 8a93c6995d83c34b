/**
 * Dialog elements that offer a choice.
 */
package org.knime.node.parameters.widget.choices;
