/**
 * What stands behind KNIME's progress monitors and loggers; the runner listens to it. Start at
 * {@link org.gradienttape.host.api.execution.Progress} and {@link org.gradienttape.host.api.execution.Log}.
 */
package org.gradienttape.host.api.execution;
