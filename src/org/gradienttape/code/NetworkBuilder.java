package org.gradienttape.code;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.CustomLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.LayerPlanner;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.tensor.SeededRandom;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * Builds networks with layers in Java: compiles them, and calls each to see what it does, without computing anything. Each
 * builder builds once.
 */
public final class NetworkBuilder {
    /** Code may ask for numbers, of which there are none yet. */
    private static final Trace.Reader ZEROS = new Trace.Reader() {
        @Override
        public float[] floats(final Tensor tensor) {
            return new float[Math.toIntExact(tensor.size())];
        }

        @Override
        public long[] longs(final Tensor tensor) {
            return new long[Math.toIntExact(tensor.size())];
        }
    };

    private final List<CompiledCode> codes;
    private final CodeThread thread;

    private NetworkBuilder(final List<CompiledCode> codes) {
        this.codes = codes;
        this.thread = new CodeThread(new CodePlaces(codes)::lineOf);
    }

    /** What a person describes: a layer of ours, or one in Java. */
    public sealed interface Part {}

    /** A layer of ours. */
    public record Ready(Layer layer) implements Part {}

    /**
     * A layer in Java.
     *
     * @param owner what it is the code of, for messages: "model", or for example "layer 3"
     * @param source a Java file with a class that extends CustomLayer
     */
    public record InJava(String owner, String source) implements Part {}

    /**
     * Compiles the code and builds the network. The code runs on a thread of its own.
     *
     * @param parts the layers, in order
     * @param goOn asked all the time, on the calling thread; false cancels
     * @throws InvalidInputException if a layer does not fit its input, does not compile, throws, gives no batch of samples,
     *     or does not answer a cancel
     * @throws CodeStop if it was cancelled
     */
    public static Network build(final Shape input, final List<Part> parts, final BooleanSupplier goOn) {
        final List<CompiledCode> codes = parts.stream()
                .flatMap(part -> part instanceof InJava java
                        ? Stream.of(CodeCompiler.compile(java.owner(), java.source()))
                        : Stream.of())
                .toList();
        final NetworkBuilder builder = new NetworkBuilder(codes);
        return builder.thread.run(() -> builder.chain(input, parts), goOn);
    }

    private Network chain(final Shape input, final List<Part> parts) {
        final List<Layer> layers = new ArrayList<>();
        int code = 0;
        for (final Part part : parts) {
            if (thread.isCancelled()) {
                throw new CodeStop();
            }
            final Shape shape =
                    layers.isEmpty() ? input : Network.of(input, layers).output();
            layers.add(part instanceof Ready ready ? ready.layer() : trace((InJava) part, codes.get(code++), shape));
        }
        return Network.of(input, layers);
    }

    private CodeLayer trace(final InJava java, final CompiledCode code, final Shape input) {
        final Trace trace = new Trace(ZEROS);
        trace.watchedBy(new CancelWatch(thread::isStopped));
        final List<Variable> variables = new ArrayList<>();
        final UserCode<CustomLayer> object = UserCode.one(code, CustomLayer.class);
        final LayerPlanner planner = new LayerPlanner(
                object.name(),
                input,
                object::call,
                trace,
                (name, values, shape) -> {
                    variables.add(new Variable(trace, name, variables.size(), shape));
                    return variables.get(variables.size() - 1);
                },
                new SeededRandom(new SplittableRandom(0), () -> trace));
        for (final Mode mode : List.of(Mode.TRAINING, Mode.INFERENCE)) {
            trace.begin();
            planner.call(mode);
        }
        return new CodeLayer(java.source(), planner.plan());
    }
}
