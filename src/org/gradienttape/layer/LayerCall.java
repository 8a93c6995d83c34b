package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/** What a layer works with when it is called on a batch. */
public final class LayerCall {
    private final Map<String, Variable> weights = new HashMap<>();
    private final List<Tensor> losses = new ArrayList<>();
    private final Network.Node node;
    private final Mode mode;
    private final Surroundings surroundings;
    private final OwnLayer own;
    private final boolean isFirst;

    /**
     * What all layers of a run share.
     *
     * @param machine takes operations; makes new tensors
     * @param random of the run
     * @param masks by the tensors beside which they go
     * @param steps of a sequence that are computed at once, each as a sample of its own; 1 but within TimeDistributed
     */
    record Surroundings(Machine machine, RandomSource random, Map<Tensor, Tensor> masks, int steps) {
        Surroundings(final Machine machine, final RandomSource random) {
            this(machine, random, new IdentityHashMap<>(), 1);
        }

        private Surroundings withSteps(final int count) {
            return new Surroundings(machine, random, masks, count);
        }
    }

    /**
     * @param specs of the layer's weights
     * @param weights of the layer, in that order
     * @param own the layer, where it is Java code; null otherwise
     * @param isFirst whether the layer was not called on this batch before
     */
    LayerCall(
            final Network.Node node,
            final List<WeightSpec> specs,
            final List<Variable> weights,
            final Mode mode,
            final Surroundings surroundings,
            final OwnLayer own,
            final boolean isFirst) {
        this.node = node;
        this.mode = mode;
        this.surroundings = surroundings;
        this.own = own;
        this.isFirst = isFirst;
        for (int i = 0; i < specs.size(); i++) {
            this.weights.put(specs.get(i).name(), weights.get(i));
        }
    }

    /** A weight by its name within the layer, for example "kernel". */
    public Variable weight(final String name) {
        return weights.get(name);
    }

    /** A frozen layer keeps its averages. */
    public Mode mode() {
        return mode == Mode.TRAINING && !node.trainable() ? Mode.FROZEN : mode;
    }

    /** Whether the layer works as in training. */
    public boolean isTraining() {
        return mode.isTraining();
    }

    /** Whether a layer that keeps statistics of the batches it sees works with those of this one: not while it is frozen. */
    public boolean usesBatchStatistics() {
        return isTraining() && node.trainable();
    }

    /** Whether such a layer takes this one in. */
    public boolean updatesStatistics() {
        return mode() == Mode.TRAINING;
    }

    /** The shape of one sample that the layer takes. */
    public Shape input() {
        return node.input();
    }

    /** The shape of one sample that the layer gives. */
    public Shape output() {
        return node.output();
    }

    /** Which steps of a sequence count, [batch, steps], 1 or 0; empty if all do. */
    Optional<Tensor> mask(final Tensor x) {
        return Optional.ofNullable(surroundings.masks().get(x));
    }

    /** Of several inputs a step counts if it does in one of them, and all if one has no mask. */
    Optional<Tensor> mask(final List<Tensor> inputs) {
        Tensor all = null;
        for (final Tensor input : inputs) {
            final Tensor mask = surroundings.masks().get(input);
            if (mask == null) {
                return Optional.empty();
            }
            all = all == null ? mask : all.maximum(mask);
        }
        return Optional.ofNullable(all);
    }

    /** Says which steps of an output count. */
    void mask(final Tensor output, final Tensor mask) {
        surroundings.masks().put(output, mask);
    }

    /** Calls a layer within, whose weights have names under this one. */
    Tensor inner(final String name, final Layer layer, final Tensor x) {
        return call(part(node.name() + "/" + name, layer, node.input()), name + "/", x, surroundings);
    }

    /**
     * Calls a layer on each step of a sequence, with this one's weights.
     *
     * @param step the shape of one step
     * @param steps [samples * steps of a sample, shape of a step]
     */
    Tensor onSteps(final Layer layer, final Shape step, final Tensor steps) {
        return call(part(node.name(), layer, step), "", steps, surroundings.withSteps(input().dimension(0)));
    }

    private Network.Node part(final String name, final Layer layer, final Shape input) {
        return new Network.Node(name, layer, List.of(), List.of(input), layer.outputShape(input), node.trainable());
    }

    /** @param owner what the names of the layer's weights begin with here */
    private Tensor call(final Network.Node part, final String owner, final Tensor x, final Surroundings where) {
        final List<WeightSpec> specs = part.weights();
        final List<Variable> own =
                specs.stream().map(spec -> weight(owner + spec.name())).toList();
        final LayerCall call = new LayerCall(part, specs, own, mode, where, null, isFirst);
        final Tensor output = part.layer().compute(call, List.of(x));
        losses.addAll(call.losses);
        return output;
    }

    /** Makes new tensors. */
    public Machine machine() {
        return surroundings.machine();
    }

    /** Random numbers of the run: the same seed gives the same ones. */
    public RandomSource random() {
        return surroundings.random();
    }

    /**
     * Adds to the loss of the batch: Keras' {@code add_loss}.
     *
     * @param loss one number, shape []
     */
    public void addLoss(final Tensor loss) {
        losses.add(loss);
    }

    /** How many samples of the batch a tensor is of, [samples, ...], or, of their steps, [samples * steps, ...]. */
    long samples(final Tensor x) {
        return x.size(0) / surroundings.steps();
    }

    /** [batch, the layer's output shape]. */
    public long[] batchOf(final Tensor x) {
        return batch(x.size(0), output());
    }

    /** The shape of a batch of so many samples; -1 for as many as there are numbers for. */
    static long[] batch(final long samples, final Shape sample) {
        final long[] shape = new long[sample.rank() + 1];
        shape[0] = samples;
        for (int i = 0; i < sample.rank(); i++) {
            shape[i + 1] = sample.dimension(i);
        }
        return shape;
    }

    /** Whether the layer was not called on this batch before. */
    boolean isFirst() {
        return isFirst;
    }

    /** The layer, where it is Java code. */
    OwnLayer own() {
        return own;
    }

    Network.Node node() {
        return node;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    List<Tensor> losses() {
        return losses;
    }
}
