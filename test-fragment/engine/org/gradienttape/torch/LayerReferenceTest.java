package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.gradienttape.code.LayerCode;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSpec;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.NetworkJson;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Output, gradients and 20 steps of training of each layer, and of networks that branch, against PyTorch in double precision: layer-references.py
 * computed the numbers of layer-references.json. Batches, weights and targets follow formulas, which are there too.
 */
class LayerReferenceTest {
    private static final int BATCH = 3;
    private static final double RATE = 0.1;
    private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

    static Stream<Arguments> inBothExecutions() throws IOException {
        final List<Arguments> all = new ArrayList<>();
        for (final JsonElement element : references()) {
            final JsonObject reference = element.getAsJsonObject();
            for (final Execution execution : Execution.values()) {
                all.add(Arguments.of(reference.get("name").getAsString(), execution, reference));
            }
        }
        return all.stream();
    }

    private static JsonArray references() throws IOException {
        try (InputStream file = LayerReferenceTest.class.getResourceAsStream("layer-references.json");
                Reader text = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(text).getAsJsonArray();
        }
    }

    /** Those of networks, too. A layer in Java computes what its code says. */
    @Test
    void everyKindOfLayerIsThere() throws IOException {
        final Set<Class<?>> kinds = new HashSet<>();
        references()
                .forEach(reference ->
                        network(reference.getAsJsonObject()).layers().forEach(layer -> kinds.add(layer.getClass())));
        kinds.add(CodeLayer.class);

        assertThat(kinds).containsExactlyInAnyOrderElementsOf(LayerExample.kinds(Layer.class));
    }

    /** The input learns like the weights, so that layers without weights have something to learn. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("inBothExecutions")
    void givesAndLearnsWhatPyTorchDoes(final String name, final Execution execution, final JsonObject reference) {
        final Network network = network(reference);
        assertThat(network.output()).isEqualTo(shape(reference, "output_shape"));

        Computed.with(execution, c -> {
            final CallableNetwork callable = new CallableNetwork(
                    network, weights(network), c, c::machine, new Sequence(c), LayerCode.of(List.of(network))::object);
            final long[] batch = batchOf(network.input());
            final Variable x =
                    c.variable("x", samples(reference, network.input().size() * BATCH), batch);
            final Map<String, Variable> learned = new LinkedHashMap<>();
            learned.put("x", x);
            callable.trainableWeights()
                    .forEach(weight -> learned.put(
                            network.nodes().size() > 1
                                    ? weight.name()
                                    : weight.name().substring(weight.name().indexOf('/') + 1),
                            weight));
            final List<Fetched> outputs = new ArrayList<>();
            final List<Fetched> gradients = new ArrayList<>();
            final List<Fetched> losses = new ArrayList<>();
            for (int step = 0; step < reference.getAsJsonArray("losses").size(); step++) {
                final boolean isFirst = step == 0;
                c.step(() ->
                        step(callable, x, learned, c, isFirst ? outputs : null, isFirst ? gradients : null, losses));
            }
            c.finish();
            assertThat(outputs.get(0).numbers()).as("output").containsExactly(floats(reference, "output"), CLOSE);
            int place = 0;
            for (final String weight : learned.keySet()) {
                assertThat(gradients.get(place++).numbers())
                        .as("gradient of %s", weight)
                        .containsExactly(floats(reference.getAsJsonObject("gradients"), weight), CLOSE);
            }
            final float[] found = new float[losses.size()];
            for (int i = 0; i < found.length; i++) {
                found[i] = losses.get(i).numbers()[0];
            }
            assertThat(found).as("losses").containsExactly(floats(reference, "losses"), CLOSE);
            learned.forEach((weight, variable) -> assertThat(c.read(variable))
                    .as("%s after %d steps", weight, found.length)
                    .containsExactly(floats(reference.getAsJsonObject("after"), weight), CLOSE));
            return null;
        });
    }

    private static void step(
            final CallableNetwork network,
            final Variable x,
            final Map<String, Variable> learned,
            final Computation c,
            final List<Fetched> outputs,
            final List<Fetched> gradients,
            final List<Fetched> losses) {
        try (GradientTape tape = new GradientTape()) {
            final Tensor output = network.call(x, Mode.TRAINING);
            final Tensor target = c.machine()
                    .tensor(numbers((int) output.size(), i -> 0.5 * Math.sin(0.3 + 1.9 * i)), output.shape());
            Tensor loss = output.sub(target).square().mean();
            if (network.hasLosses()) {
                loss = loss.add(network.losses());
            }
            losses.add(c.fetch(loss));
            final List<Tensor> found = tape.gradient(loss, List.copyOf(learned.values()));
            if (outputs != null) {
                outputs.add(c.fetch(output));
                found.forEach(gradient -> gradients.add(c.fetch(gradient)));
            }
            int place = 0;
            for (final Variable variable : learned.values()) {
                variable.assign(variable.sub(found.get(place++).mul(RATE)));
            }
        }
    }

    private static Network network(final JsonObject reference) {
        final JsonObject json = new JsonObject();
        json.add("input_shape", reference.get("input_shape"));
        final JsonObject layer = reference.getAsJsonObject("layer");
        final JsonArray one = new JsonArray();
        one.add(layer);
        json.add("layers", layer.has("layers") ? layer.get("layers") : one);
        return NetworkJson.read(json.toString());
    }

    private static Weights weights(final Network network) {
        final Map<String, float[]> values = new LinkedHashMap<>();
        for (final Network.Node node : network.nodes()) {
            for (final WeightSpec weight : node.weights()) {
                final int j = values.size();
                values.put(
                        node.weightName(weight),
                        numbers(weight.shape().size(), i -> 0.5 * Math.sin(1.1 + 2.3 * i + j)));
            }
        }
        return Weights.of(network, values);
    }

    private static float[] numbers(final int count, final IntToDoubleFunction formula) {
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) formula.applyAsDouble(i);
        }
        return numbers;
    }

    private static Shape shape(final JsonObject reference, final String name) {
        final List<Integer> sizes = new ArrayList<>();
        reference.getAsJsonArray(name).forEach(size -> sizes.add(size.getAsInt()));
        return new Shape(sizes);
    }

    private static float[] samples(final JsonObject reference, final int count) {
        return reference.has("x") ? floats(reference, "x") : numbers(count, i -> Math.cos(0.9 + 1.7 * i));
    }

    private static float[] floats(final JsonObject reference, final String name) {
        final JsonArray array = reference.getAsJsonArray(name);
        return numbers(array.size(), i -> array.get(i).getAsDouble());
    }

    private static long[] batchOf(final Shape sample) {
        return LongStream.concat(
                        LongStream.of(BATCH), sample.dimensions().stream().mapToLong(Integer::longValue))
                .toArray();
    }

    /** Multiples of the golden ratio, without what is before the point: numbers that everybody can make. */
    private static final class Sequence implements RandomSource {
        private final Computation computation;
        private int count;

        Sequence(final Computation computation) {
            this.computation = computation;
        }

        @Override
        public double uniform() {
            return ++count * 0.6180339887498949 % 1;
        }

        @Override
        public double normal() {
            return 2 * uniform() - 1;
        }

        @Override
        public Tensor uniform(final double low, final double high, final long... shape) {
            return drawn(i -> low + (high - low) * uniform(), shape);
        }

        @Override
        public Tensor normal(final long... shape) {
            return drawn(i -> normal(), shape);
        }

        @Override
        public Tensor mask(final double rate, final long... shape) {
            return drawn(i -> uniform() < rate ? 0 : (float) (1 / (1 - rate)), shape);
        }

        private Tensor drawn(final IntToDoubleFunction formula, final long... shape) {
            final Machine machine = computation.machine();
            return machine.tensor(numbers((int) Arrays.stream(shape).reduce(1, (a, b) -> a * b), formula), shape);
        }

        @Override
        public Tensor permutation(final int size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double beta(final double alpha, final double beta) {
            throw new UnsupportedOperationException();
        }
    }
}
