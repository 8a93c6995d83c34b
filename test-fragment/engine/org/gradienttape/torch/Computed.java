package org.gradienttape.torch;

import ai.djl.ndarray.NDManager;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.gradienttape.distributed.Workers;

/** Opens a computation for a test, on one thread, and closes it. */
final class Computed {
    private Computed() {}

    static void run(final Execution execution, final Consumer<Computation> work) {
        with(execution, c -> {
            work.accept(c);
            return c;
        });
    }

    static <T> T with(final Execution execution, final Function<Computation, T> work) {
        return with(execution, (arrays, computation) -> work.apply(computation));
    }

    /** The same, for a test that makes arrays of its own. */
    static <T> T with(final Execution execution, final BiFunction<NDManager, Computation, T> work) {
        final TorchEngine engine = TorchEngine.start();
        return engine.compute(1, () -> {
            try (NDManager arrays = engine.newManager(TestDevice.arrays());
                    Computation computation = execution == Execution.COMPILED
                            ? new CompiledComputation(arrays, Workers.alone())
                            : new EagerComputation(arrays, Workers.alone())) {
                return work.apply(arrays, computation);
            }
        });
    }
}
