/** Settings of optimizers as checked records; the update rules stand in the package torch. Depends on the JDK only. */
package org.gradienttape.optimizer;
