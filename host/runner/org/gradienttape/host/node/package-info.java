/**
 * Nodes as the runner sees them: their parameters on disk, their ports and one configure or execute.
 *
 * <p>Start at {@link org.gradienttape.host.api.node.NodeDeclaration#of}. {@link org.gradienttape.host.node.NodePorts} says
 * which ports a node of a workflow has, {@link org.gradienttape.host.node.ParametersPersistence} reads and writes its
 * settings, {@link org.gradienttape.host.node.NodeRun} calls it. Depends on the stand-in API types only, knows no
 * workflows.
 */
package org.gradienttape.host.node;
