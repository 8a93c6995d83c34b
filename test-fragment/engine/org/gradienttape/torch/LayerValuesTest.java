package org.gradienttape.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Weights;
import org.junit.jupiter.api.Nested;

/** {@link LayerValues} of all that computes layers. */
class LayerValuesTest {
    @Nested
    class Compiled extends LayerValues {
        @Override
        Outcome run(
                final Network network,
                final Weights start,
                final float[] batch,
                final long[] shape,
                final List<Mode> modes) {
            return tensors(Execution.COMPILED, network, start, batch, shape, modes);
        }
    }

    @Nested
    class Eager extends LayerValues {
        @Override
        Outcome run(
                final Network network,
                final Weights start,
                final float[] batch,
                final long[] shape,
                final List<Mode> modes) {
            return tensors(Execution.EAGER, network, start, batch, shape, modes);
        }
    }

    private static LayerValues.Outcome tensors(
            final Execution execution,
            final Network network,
            final Weights start,
            final float[] batch,
            final long[] shape,
            final List<Mode> modes) {
        return Computed.with(execution, c -> {
            CallableNetwork callable = Callable.of(network, start, c, c::machine, new SplittableRandom(0));
            List<Fetched> outputs = new ArrayList<>();
            for (final Mode mode : modes) {
                c.step(() -> outputs.add(c.fetch(callable.call(c.machine().tensor(batch, shape), mode))));
            }
            c.finish();
            Map<String, float[]> after = new HashMap<>();
            callable.weights().forEach(weight -> after.put(weight.name(), c.read(weight)));
            return new LayerValues.Outcome(
                    outputs.stream().map(Fetched::numbers).toList(), after);
        });
    }
}
