/** Which node of a workflow a thread works for. */
package org.knime.core.node.workflow;
