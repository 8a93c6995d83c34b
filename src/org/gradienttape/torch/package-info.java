/**
 * How DJL and libtorch compute: engine start, devices, memory, programs. What layers, losses and optimizers compute is said
 * elsewhere, in tensors; a {@link org.gradienttape.torch.Computation} has it done. Start there. This package and those within
 * it are the only ones that use ai.djl.
 */
package org.gradienttape.torch;
