/**
 * Workflows in memory: nodes, connections, flow variables, and how they run.
 *
 * <p>Start at {@link org.gradienttape.host.workflow.Workflow}; {@link org.gradienttape.host.workflow.Executor} runs it. The
 * code of a node stands behind the interface {@link org.gradienttape.host.workflow.NodeBody}. May use the host's table, port
 * and node packages; knows nothing of files and of the command line.
 */
package org.gradienttape.host.workflow;
