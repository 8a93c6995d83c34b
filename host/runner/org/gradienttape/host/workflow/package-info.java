/**
 * Workflow folders in KNIME's format: reading, running and writing them.
 *
 * <p>Start at {@link org.gradienttape.host.workflow.WorkflowReader}, which turns a folder into a
 * {@link org.gradienttape.host.workflow.Workflow}; {@link org.gradienttape.host.workflow.Executor} runs it and
 * {@link org.gradienttape.host.workflow.WorkflowWriter} writes it back. The code of a node stands behind the interface
 * {@link org.gradienttape.host.workflow.NodeBody}. May use the host's table, port and node packages; knows nothing of
 * the command line.
 */
package org.gradienttape.host.workflow;
