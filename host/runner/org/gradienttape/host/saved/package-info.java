/**
 * Workflow folders in KNIME's format, read and written; never left between two states. Start at
 * {@link org.gradienttape.host.saved.WorkflowReader}, which turns a folder into a
 * {@link org.gradienttape.host.workflow.Workflow}, and {@link org.gradienttape.host.saved.WorkflowWriter}, which writes it
 * back. Uses the workflow package, which knows nothing of it.
 */
package org.gradienttape.host.saved;
