/**
 * Optimizers: their settings, checked, and how they change weights. A new one is a record of
 * {@link org.gradienttape.optimizer.OptimizerConfig} and an {@link org.gradienttape.optimizer.UpdateRule} beside it, which
 * names the state that each weight has and changes one weight with tensors:
 *
 * <pre>{@code
 * public void begin(int update, double rate) { this.rate = rate; }
 * public void change(Weight weight, Tensor gradient) { weight.subtract(gradient.mul(rate)); }
 * }</pre>
 *
 * <p>Numbers that change from update to update are plain doubles of Java. Depends on error and tensor.
 */
package org.gradienttape.optimizer;
