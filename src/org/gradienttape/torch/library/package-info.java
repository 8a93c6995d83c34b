/**
 * The libraries of libtorch on this machine: which ones are used, where they are unpacked, and switches that DJL does not pass
 * on. Start at {@link org.gradienttape.torch.library.OwnLibtorch}.
 */
package org.gradienttape.torch.library;
