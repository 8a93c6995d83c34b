/**
 * The headless runner: the application that loads a workflow, runs it and reports on the console.
 *
 * <p>Start at {@link org.gradienttape.host.batch.BatchApplication}. {@link org.gradienttape.host.batch.RunOptions} is
 * the command line, {@link org.gradienttape.host.batch.BatchRun} one run of it. The only packages of this project that
 * print are here.
 */
package org.gradienttape.host.batch;
