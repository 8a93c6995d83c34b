package org.gradienttape.torch;

import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.graph.Program;
import org.gradienttape.graph.TorchExpression;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Tensor;

/** Modules of one operation each. They are loaded once per process, by text; any number of threads may use them. */
final class EagerModules {
    private static final int MOST_LOOKS = 1 << 12;

    private static final Map<String, ProgramModule> BY_TEXT = new ConcurrentHashMap<>();
    /** By all that the text depends on, since to write it takes longer than to run it. */
    private static final Map<Look, ProgramModule> BY_LOOK = new ConcurrentHashMap<>();

    private EagerModules() {}

    /** The module of an operation; its arguments are the inputs, then the numbers of the JVM. */
    static ProgramModule of(final Tensor node, final TorchWriter.Target target) {
        if (BY_LOOK.size() > MOST_LOOKS) {
            BY_LOOK.clear();
        }
        return BY_LOOK.computeIfAbsent(
                Look.of(node, target), look -> BY_TEXT.computeIfAbsent(text(node, target), EagerModules::load));
    }

    /** Operation, attributes and shapes, and what convolutions are filled with. */
    private record Look(long[] words) {
        static Look of(final Tensor node, final TorchWriter.Target target) {
            final LongBuilder words = new LongBuilder();
            words.add(node.operation().code(), target.convolutions().ordinal());
            words.add(node.attributes());
            words.add(node.shape());
            for (int i = 0; i < node.inputCount(); i++) {
                words.add(node.input(i).shape());
            }
            return new Look(words.get());
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Look look && Arrays.equals(words, look.words);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(words);
        }
    }

    /** Rows of whole numbers, each with its length. */
    private static final class LongBuilder {
        private long[] words = new long[32];
        private int length;

        void add(final long... more) {
            if (length + 1 + more.length > words.length) {
                words = Arrays.copyOf(words, 2 * words.length + more.length);
            }
            words[length++] = more.length;
            System.arraycopy(more, 0, words, length, more.length);
            length += more.length;
        }

        long[] get() {
            return Arrays.copyOf(words, length);
        }
    }

    private static String text(final Tensor node, final TorchWriter.Target target) {
        final List<String> names =
                IntStream.range(0, node.inputCount()).mapToObj(i -> "x" + i).toList();
        final List<Scalar> numbers = IntStream.range(0, node.numberCount())
                .mapToObj(i -> new Scalar(node.number(i).value(), "c" + i))
                .toList();
        final String parameters = Stream.concat(
                        names.stream().map(name -> ", " + name + ": Tensor"),
                        numbers.stream().map(number -> ", " + number + ": float"))
                .collect(Collectors.joining());
        return "def " + Program.METHOD + "(self: __torch__." + Program.CLASS + parameters + ") -> List[Tensor]:\n"
                + "  return ["
                + new TorchExpression(node, names, numbers, target, TorchExpression.Sizes.LITERAL).text(false)
                + "]\n";
    }

    /** Its owner lasts for as long as the process. */
    private static ProgramModule load(final String method) {
        final PtNDManager owner = (PtNDManager) TorchEngine.start().newManager(ai.djl.Device.cpu());
        return new ProgramModule(method, owner);
    }
}
