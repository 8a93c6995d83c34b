/**
 * What the dialog checks while a value is typed.
 */
package org.knime.node.parameters.validation;
