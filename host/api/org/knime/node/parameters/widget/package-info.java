/**
 * Dialog elements of any kind.
 */
package org.knime.node.parameters.widget;
