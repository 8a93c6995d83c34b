package org.gradienttape.layer;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;
import org.gradienttape.tensor.VariableMaker;

/**
 * Finds the {@link LayerPlan} of a user's layer by calling it on a batch, on a machine that takes operations and computes
 * nothing.
 */
public final class LayerPlanner {
    /** A size that hardly anything else has, so that a batch that gets lost is noticed. */
    private static final int BATCH = 61;

    private final String className;
    private final Shape input;
    private final OwnLayer code;
    private final Machine machine;
    private final VariableMaker variables;
    private final RandomSource random;
    private final Map<String, WeightSpec> weights = new LinkedHashMap<>();
    private final Map<String, Called> parts = new LinkedHashMap<>();
    private Shape output;
    private Set<String> outputFrom = Set.of();
    private Activation activation = Activation.NONE;
    private boolean passesOn;

    /** A layer within, which may be called several times. */
    private record Called(String type, Optional<Layer> layer, Shape output, Set<String> from) {}

    /**
     * @param className of the layer
     * @param input the shape of one sample
     * @param machine in whose step {@link #call} works
     */
    public LayerPlanner(
            final String className,
            final Shape input,
            final OwnLayer code,
            final Machine machine,
            final VariableMaker variables,
            final RandomSource random) {
        this.className = className;
        this.input = input;
        this.code = code;
        this.machine = machine;
        this.variables = variables;
        this.random = random;
    }

    /** Calls the layer once; to be done for training and then for inference, each in a step of the machine of its own. */
    public void call(final Mode mode) {
        final Tensor x = machine.full(0, batch());
        final Calls calls = new Calls(mode, x);
        final LayerScope scope = new LayerScope(
                new LayerScope.Outermost(
                        LayerNames.free(className, List.of()),
                        className,
                        true,
                        new LayerCall.Surroundings(machine, random),
                        loss -> {}),
                calls);
        machine.atCode(className);
        code.call(layer -> {
            final Tensor result = layer.run(scope, x, mode);
            take(result);
            if (mode.isTraining()) {
                outputFrom = calls.sources(result);
            }
            activation = Activation.lastOf(result);
            passesOn = result == x;
            return result;
        });
    }

    private long[] batch() {
        final long[] shape = new long[input.rank() + 1];
        shape[0] = BATCH;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = input.dimension(i - 1);
        }
        return shape;
    }

    private void take(final Tensor result) {
        if (result.rank() == 0
                || result.size(0) != BATCH
                || result.size() == 0
                || result.type() != NumberType.FLOAT32) {
            throw new TensorException(
                    "call must give float numbers of the shape [batch, sample shape], but for a batch of " + BATCH
                            + " it gave " + result.type() + " of the shape " + Arrays.toString(result.shape()));
        }
        final Shape sample = LayerScope.sampleOf(result);
        if (output != null && !output.equals(sample)) {
            throw new TensorException("call gave samples of the shape " + output + " in training, but " + sample
                    + " in inference; a layer gives samples of the same shape each time");
        }
        output = sample;
    }

    /** What happens within one call. */
    private final class Calls implements LayerHost {
        private final Map<Tensor, String> results = new IdentityHashMap<>();

        private final Mode mode;

        Calls(final Mode mode, final Tensor x) {
            this.mode = mode;
            results.put(x, LayerPlan.INPUT);
        }

        @Override
        public Variable weight(final WeightSpec asked) {
            if (weights.putIfAbsent(asked.name(), asked) != null) {
                throw new TensorException("two weights are called " + asked.name() + "; give each a name of its own");
            }
            final long[] shape = asked.shape().dimensions().stream()
                    .mapToLong(Integer::longValue)
                    .toArray();
            return variables.variable(asked.name(), new float[0], shape);
        }

        @Override
        public void called(
                final String name,
                final String type,
                final Optional<Layer> layer,
                final Tensor x,
                final Tensor result) {
            final boolean isNew = !parts.containsKey(name);
            if (isNew) {
                parts.put(name, new Called(type, layer, LayerScope.sampleOf(result), new LinkedHashSet<>()));
            }
            if (isNew || mode.isTraining()) { // in inference, what passes its input on would hide where that came from
                parts.get(name).from().addAll(sources(x));
            }
            results.put(result, name);
        }

        /** What a tensor was computed from: the nearest results of layers within, and the layer's input. */
        private Set<String> sources(final Tensor tensor) {
            final Set<String> found = new LinkedHashSet<>();
            final Set<Tensor> searched = Collections.newSetFromMap(new IdentityHashMap<>());
            final Deque<Tensor> open = new ArrayDeque<>(List.of(tensor));
            while (!open.isEmpty()) {
                final Tensor next = open.pop();
                if (results.containsKey(next)) {
                    found.add(results.get(next));
                } else if (searched.add(next)) {
                    for (int i = next.inputCount() - 1; i >= 0; i--) {
                        open.push(next.input(i));
                    }
                }
            }
            return found;
        }
    }

    /** What was found. */
    public LayerPlan plan() {
        return new LayerPlan(
                className,
                input,
                output,
                activation,
                passesOn,
                List.copyOf(weights.values()),
                parts.entrySet().stream()
                        .map(part -> new LayerPlan.Part(
                                part.getKey(),
                                part.getValue().type,
                                part.getValue().layer,
                                part.getValue().output,
                                List.copyOf(part.getValue().from)))
                        .toList(),
                List.copyOf(outputFrom));
    }
}
