package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.model.Model;
import org.gradienttape.tensor.NumberType;

/** Operation by operation: nothing has to be compiled. */
final class EagerForward implements Forward {
    private final NDManager run;
    private final SampleFeed feed;
    private final Computation computation;
    private final CallableNetwork network;

    /**
     * @param run owner of the weights
     */
    EagerForward(final Model model, final SampleFeed feed, final NDManager run) {
        this.run = run;
        this.feed = feed;
        this.computation = new EagerComputation(run);
        this.network = Forward.network(model, computation, computation::machine);
    }

    @Override
    public float[] outputs() {
        final List<Fetched> outputs = new ArrayList<>();
        try (NDManager batch = run.newSubManager()) {
            final NDArray x = feed.features(batch);
            computation.step(() -> outputs.add(computation.fetch(network.call(
                    computation.resident(x, NumberType.FLOAT32, x.getShape().getShape()), Mode.INFERENCE))));
        }
        return outputs.get(0).numbers();
    }

    @Override
    public void close() {
        computation.close();
    }
}
