package org.gradienttape.torch;

import org.gradienttape.error.InvalidInputException;

/**
 * What training may use.
 *
 * @param device where it computes
 * @param threads of the CPU that may work at one operation, at least 1; small operations are computed by one. The numbers of a run
 *     depend on it, in their last digits
 * @param execution how the operations reach the engine
 */
public record Compute(Device device, int threads, Execution execution) {
    public Compute {
        if (threads < 1) {
            throw new InvalidInputException("The number of threads must be at least 1, but it is " + threads + ".");
        }
    }

    /** Compiled. */
    public Compute(final Device device, final int threads) {
        this(device, threads, Execution.COMPILED);
    }

    /** Compiled, on the CPU with one thread. */
    public static Compute singleThreaded() {
        return singleThreaded(Execution.COMPILED);
    }

    /** The CPU with one thread: slowest for big layers, repeatable, and undisturbed by a busy machine. */
    public static Compute singleThreaded(final Execution execution) {
        return new Compute(Device.CPU, 1, execution);
    }
}
