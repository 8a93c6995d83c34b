package org.gradienttape.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.gradienttape.layer.Weights;
import org.gradienttape.step.Mode;
import org.gradienttape.step.Model;
import org.gradienttape.step.Tensor;
import org.gradienttape.step.Variable;

/** A network and its weights, for the code of steps. */
final class RunModel implements Model {
    private static final Map<Mode, ForwardPass.Mode> MODES = Map.of(
            Mode.TRAINING, ForwardPass.Mode.TRAINING,
            Mode.FROZEN, ForwardPass.Mode.TRAINING_OTHER,
            Mode.INFERENCE, ForwardPass.Mode.INFERENCE);

    private final NetworkOp network;
    private final ResidentWeights resident;
    private final Supplier<StepScope> current;
    private final List<RunVariable> weights;
    private final List<Variable> trainable;
    private StepScope lastScope;
    private ForwardPass lastPass;

    /**
     * @param random of the run, for layers that draw numbers
     * @param current the step that is under way
     * @param run owner of the weights
     */
    RunModel(
            final org.gradienttape.model.Model model,
            final RandomGenerator random,
            final Supplier<StepScope> current,
            final NDManager run) {
        this.network = new NetworkOp(model.network(), random);
        this.resident = new ResidentWeights(model.network(), model.weights(), run);
        this.current = current;
        this.weights = IntStream.range(0, resident.names().size())
                .mapToObj(this::variable)
                .toList();
        this.trainable = IntStream.range(0, weights.size())
                .filter(resident::isTrainable)
                .<Variable>mapToObj(weights::get)
                .toList();
    }

    private RunVariable variable(final int place) {
        return new RunVariable(
                resident.names().get(place),
                resident.arrays().get(place),
                resident.isTrainable(place) ? RunVariable.Tapes.ALWAYS : RunVariable.Tapes.WHEN_TOLD,
                current);
    }

    @Override
    public Tensor call(final Tensor x, final Mode mode) {
        final StepScope scope = current.get();
        lastPass = new ForwardPass(scope.arrays(), arrays(), MODES.get(mode));
        lastScope = scope;
        return scope.tensor(network.forward(EngineTensor.arrayOf(x), lastPass));
    }

    @Override
    public Tensor losses() {
        final StepScope scope = current.get();
        return scope == lastScope && lastPass.addsLosses() ? scope.tensor(lastPass.addedLosses()) : scope.nothing();
    }

    @Override
    public List<Variable> weights() {
        return List.copyOf(weights);
    }

    @Override
    public List<Variable> trainableWeights() {
        return trainable;
    }

    /** The output outside of any step, as in use. */
    NDArray infer(final NDArray x, final NDManager batch) {
        return network.forward(x, new ForwardPass(batch, resident.arrays(), ForwardPass.Mode.INFERENCE));
    }

    /** The standard validation of this network. */
    Evaluation evaluation(final TrainingJob job, final NDManager run) {
        return new Evaluation(job, network, resident, run);
    }

    /** The numbers as they are now. */
    Weights read() {
        return resident.read();
    }

    /** Aliases that tapes record; what no optimizer changes is used as it is. */
    private List<NDArray> arrays() {
        return weights.stream().map(RunVariable::forModel).toList();
    }
}
