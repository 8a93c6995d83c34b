/**
 * The test workflows in {@code testflows/}, one for each node, which KNIME's testing framework runs: they are written here, and
 * run in the host, with stand-ins for the few nodes of KNIME that they need. Start at
 * {@link org.gradienttape.testflows.Testflows}.
 */
package org.gradienttape.testflows;
