/**
 * What a node sees of the host while it executes: progress, cancel, logging and its execution context. Start at
 * {@link org.gradienttape.host.execution.HostExecutionContext}.
 */
package org.gradienttape.host.execution;
