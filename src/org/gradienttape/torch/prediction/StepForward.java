package org.gradienttape.torch.prediction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.gradienttape.code.LayerCode;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.model.Model;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.torch.Computation;
import org.gradienttape.torch.Fetched;
import org.gradienttape.torch.feed.SampleFeed;

/** A step for each batch, computed in any way. */
final class StepForward implements Forward {
    private final NDManager run;
    private final SampleFeed feed;
    private final Computation computation;
    private final CallableNetwork network;

    /**
     * @param computation closed with this
     * @param run owner of the weights
     * @param code the layers in Java
     */
    StepForward(
            final Model model,
            final SampleFeed feed,
            final Computation computation,
            final NDManager run,
            final LayerCode code) {
        this.run = run;
        this.feed = feed;
        this.computation = computation;
        this.network = Forward.network(model, computation, computation::machine, code);
    }

    @Override
    public float[] outputs() {
        final List<Fetched> outputs = new ArrayList<>();
        try (NDManager batch = run.newSubManager()) {
            final NDArray x = feed.features(batch);
            computation.step(() -> outputs.add(computation.fetch(network.call(
                    computation.resident(x, NumberType.FLOAT32, x.getShape().getShape()), Mode.INFERENCE))));
            computation.finish(); // before the batch goes
        }
        return outputs.get(0).numbers();
    }

    @Override
    public void close() {
        computation.close();
    }
}
