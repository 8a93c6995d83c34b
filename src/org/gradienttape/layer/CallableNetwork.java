package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.state.Memory;
import org.gradienttape.state.ObjectMemory;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;
import org.gradienttape.tensor.VariableMaker;

/** A network with its weights as variables, which can be called on batches: Keras' model. */
public final class CallableNetwork {
    private final Network network;
    private final List<List<WeightSpec>> specs;
    private final List<String> descriptions;
    /** The sizes of a sample. */
    private final long[] sample;
    /** For each layer where what it takes comes from: 0 for the samples, else the layer's place, counted from 1. */
    private final List<int[]> sources;

    private final List<List<Variable>> weights;
    private final List<Variable> trainable = new ArrayList<>();
    private final Supplier<Machine> machine;
    private final RandomSource random;
    /** For each layer that is Java code its object; null for others. */
    private final List<OwnLayer> own = new ArrayList<>();

    private Tensor losses;
    private Optional<Tensor> mask = Optional.empty();
    private boolean askedForMask;

    /**
     * @param start the weights to start from
     * @param variables makes the variables
     * @param machine takes the operations of the step that is under way
     * @param random for layers such as dropout
     * @param code makes the objects of layers that are Java code
     */
    public CallableNetwork(
            final Network network,
            final Weights start,
            final VariableMaker variables,
            final Supplier<Machine> machine,
            final RandomSource random,
            final Function<Network.Node, OwnLayer> code) {
        this.network = network;
        this.machine = machine;
        this.random = random;
        this.specs = network.nodes().stream().map(Network.Node::weights).toList();
        this.descriptions =
                network.nodes().stream().map(Network.Node::description).toList();
        this.sample = sizes(network.input());
        final List<String> places = new ArrayList<>(List.of(Network.INPUT));
        network.nodes().forEach(node -> places.add(node.name()));
        this.sources = network.nodes().stream()
                .map(node -> node.from().stream().mapToInt(places::indexOf).toArray())
                .toList();
        network.nodes().forEach(node -> own.add(node.layer() instanceof CodeLayer ? code.apply(node) : null));
        this.weights = network.nodes().stream()
                .map(node -> node.weights().stream()
                        .map(weight -> {
                            final String name = node.weightName(weight);
                            return variables.variable(name, start.get(name), sizes(weight.shape()));
                        })
                        .toList())
                .toList();
        for (int i = 0; i < weights.size(); i++) {
            for (int j = 0; j < weights.get(i).size(); j++) {
                if (specs.get(i).get(j).trainable()) {
                    trainable.add(weights.get(i).get(j));
                }
            }
        }
    }

    private static long[] sizes(final Shape shape) {
        return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
    }

    public Network network() {
        return network;
    }

    /**
     * Keeps what layers in Java have in their fields, or gives it back.
     *
     * @param references what else they may hold, by names that it has in the run that goes on, too
     * @throws InvalidInputException if a field holds what cannot be kept; names it
     */
    public void keep(final Memory memory, final Map<String, Object> references) {
        for (int i = 0; i < own.size(); i++) {
            if (own.get(i) != null) {
                final Map<String, Object> parts = own.get(i).call(CustomLayer::parts);
                final Map<String, Object> all = new HashMap<>(references);
                all.putAll(parts);
                new ObjectMemory(all, Tensor.class)
                        .keepAll(memory.part(network.nodes().get(i).name()), parts);
            }
        }
    }

    /**
     * The output for a batch: the guide's {@code model(x, training=True)}.
     *
     * @param x [batch, the network's input shape]
     * @return [batch, the network's output shape]
     */
    public Tensor call(final Tensor x, final Mode mode) {
        checkCall(x, mode);
        final LayerCall.Surroundings surroundings = new LayerCall.Surroundings(machine.get(), random);
        final List<Tensor> added = new ArrayList<>();
        final Tensor[] values = new Tensor[network.nodes().size() + 1];
        values[0] = x;
        for (int i = 0; i < network.nodes().size(); i++) {
            final Network.Node node = network.nodes().get(i);
            final LayerCall call =
                    new LayerCall(node, specs.get(i), weights.get(i), mode, surroundings, own.get(i), true);
            machine.get().at(descriptions.get(i));
            values[i + 1] = node.layer().compute(call, taken(sources.get(i), values));
            added.addAll(call.losses());
        }
        machine.get().at("");
        losses = added.stream().reduce(Tensor::add).orElse(null);
        mask = Optional.ofNullable(
                surroundings.masks().get(values[network.nodes().size()]));
        return values[network.nodes().size()];
    }

    private void checkCall(final Tensor x, final Mode mode) {
        if (mode == null) {
            throw new TensorException("the model must be called for training or for inference, but the mode is null");
        }
        if (x == null || !areSamples(x)) {
            throw new TensorException("the model takes a batch of samples of the shape " + network.input()
                    + ", but it was called on "
                    + (x == null ? "null" : "the shape " + Arrays.toString(x.shape())));
        }
    }

    private boolean areSamples(final Tensor x) {
        boolean are = x.rank() == sample.length + 1;
        for (int axis = 0; are && axis < sample.length; axis++) {
            are = x.size(axis + 1) == sample[axis];
        }
        return are;
    }

    private static List<Tensor> taken(final int[] from, final Tensor[] values) {
        return from.length == 1
                ? List.of(values[from[0]])
                : Arrays.stream(from).mapToObj(place -> values[place]).toList();
    }

    /**
     * The sum of the losses that layers such as ActivityRegularization added in the last call: the guide's
     * {@code sum(model.losses)}.
     *
     * @return one number, shape []; 0 if no layer adds a loss
     */
    public Tensor losses() {
        return losses == null ? machine.get().full(0) : losses;
    }

    /**
     * Which steps of the output of the last call count, as a Masking layer or an Embedding said: Keras'
     * {@code _keras_mask}.
     *
     * @return [batch, steps], 1 or 0; empty if all count
     */
    public Optional<Tensor> mask() {
        askedForMask = true;
        return mask;
    }

    /** Whether some steps of the output do not count, but nobody has asked which. */
    public boolean ignoresMask() {
        return mask.isPresent() && !askedForMask;
    }

    /** Whether a layer added a loss in the last call. */
    public boolean hasLosses() {
        return losses != null;
    }

    /** All weights, in the order of the layers, also those that are not trained. */
    public List<Variable> weights() {
        return weights.stream().flatMap(List::stream).toList();
    }

    /** The weights that an optimizer changes, in the order of the layers: {@code model.trainable_weights}. */
    public List<Variable> trainableWeights() {
        return Collections.unmodifiableList(trainable);
    }
}
