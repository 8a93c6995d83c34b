/**
 * Parameters that show, hide or change others in the dialog.
 */
package org.knime.node.parameters.updates;
