package org.gradienttape.torch.prediction;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gradienttape.code.LayerCode;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.Mode;
import org.gradienttape.model.Model;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.gradienttape.torch.PartCaller;
import org.gradienttape.torch.SharedPrograms;
import org.gradienttape.torch.VariableStore;
import org.gradienttape.torch.feed.SampleFeed;
import org.gradienttape.torch.feed.StepSamples;

/** One program for each size of a batch, which stays in the process; for networks without Java code, which are always the same. */
final class CompiledForward implements Forward {
    private final NDManager arrays;
    private final SampleFeed feed;
    private final VariableStore variables;
    private final PartCaller caller;
    private final Trace trace = Trace.ofOperations();
    private final CallableNetwork network;
    private final Map<Long, SharedPrograms.Shared> programs = new HashMap<>();

    /**
     * @param run owner of the weights
     */
    CompiledForward(final Model model, final SampleFeed feed, final NDManager run) {
        this.arrays = run.newSubManager();
        this.feed = feed;
        this.variables = new VariableStore(arrays);
        this.caller = new PartCaller(arrays, variables);
        this.network = Forward.network(
                model,
                (name, values, shape) -> new Variable(trace, name, variables.add(name, values, shape), shape),
                () -> trace,
                LayerCode.NONE);
    }

    @Override
    public float[] outputs() {
        try (NDManager batch = arrays.newSubManager()) {
            final NDArray stored = feed.stored(batch);
            final long[] shape = stored.getShape().getShape();
            final SharedPrograms.Shared shared = programs.computeIfAbsent(shape[0], size -> program(shape));
            return caller.run(shared.module(), shared.program(), new double[0], List.of(stored), batch)
                    .singletonOrThrow()
                    .toFloatArray();
        }
    }

    private SharedPrograms.Shared program(final long[] shape) {
        trace.begin();
        final Tensor stored = trace.resident(feed, feed.type(), shape);
        trace.output(network.call(StepSamples.scaled(feed.scaling(), stored.toFloat()), Mode.INFERENCE));
        return SharedPrograms.of(trace);
    }

    @Override
    public void close() {
        programs.values().forEach(SharedPrograms.Shared::close);
        caller.close();
        variables.close();
        arrays.close();
    }
}
