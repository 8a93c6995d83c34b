package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gradienttape.graph.LstmPattern.Given;
import org.gradienttape.tensor.Tensor;

/** A call of oneDNN for all steps of a standard LSTM. Its kernels have the gates in Keras' order, but lie the other way round. */
sealed interface LstmCall {
    /** What it reads. */
    List<Tensor> operands();

    /** What it makes, in the order in which the step needs it. */
    List<Tensor> results();

    /** What it computes besides, without keeping it. */
    Set<Tensor> inner();

    /**
     * The lines.
     *
     * @param name of a tensor
     * @param ordered the text of one whose numbers lie one behind the other, as oneDNN reads them
     */
    List<String> statements(TorchLines.Naming name, Function<Tensor, String> ordered);

    /**
     * The way forward. libtorch has oneDNN keep what gradients need if it records gradients itself; what it computes otherwise is
     * wrong for few units, as seen on an AMD processor in a virtual machine that hides the caches.
     *
     * @param given what it reads, and what its gradients read
     * @param last the last output, if it is needed
     * @param all the outputs of all steps, if they are needed
     */
    record Forward(
            LstmPattern.Sizes sizes,
            Map<Given, Tensor> given,
            Optional<Tensor> last,
            Optional<Tensor> all,
            Set<Tensor> inner)
            implements LstmCall {
        @Override
        public List<Tensor> operands() {
            return Stream.of(Given.INPUT, Given.KERNEL, Given.RECURRENT_KERNEL, Given.BIAS, Given.STATE, Given.CELL)
                    .flatMap(what -> Optional.ofNullable(given.get(what)).stream())
                    .toList();
        }

        @Override
        public List<Tensor> results() {
            return inOrder(Stream.of(last, all));
        }

        @Override
        public List<String> statements(final TorchLines.Naming name, final Function<Tensor, String> ordered) {
            final List<String> lines = new ArrayList<>();
            lines.add(beside(name, "kernel") + " = " + turned(name.of(given.get(Given.KERNEL))));
            lines.add(beside(name, "recurrent") + " = " + turned(name.of(given.get(Given.RECURRENT_KERNEL))));
            lines.add(beside(name, "none") + " = torch.new_zeros(" + beside(name, "recurrent") + ", ["
                    + 4 * sizes.units() + "])");
            lines.add("torch.set_grad_enabled(True)");
            lines.add(all(name) + ", " + last(name) + ", " + beside(name, "cell") + ", " + beside(name, "kept")
                    + " = torch.mkldnn_rnn_layer(" + arguments(name, ordered) + ", " + spoken(sizes.isBackwards())
                    + ", [], 2, "
                    + sizes.units() + ", 1, True, False, False, True)");
            lines.add("torch.set_grad_enabled(False)");
            return lines;
        }

        String beside(final TorchLines.Naming name, final String what) {
            return name.beside(results().get(0), what);
        }

        String last(final TorchLines.Naming name) {
            return last.map(name::of).orElseGet(() -> beside(name, "last"));
        }

        String all(final TorchLines.Naming name) {
            return all.map(name::of).orElseGet(() -> beside(name, "all"));
        }

        /** The arguments that both ways have. */
        String arguments(final TorchLines.Naming name, final Function<Tensor, String> ordered) {
            final String none = beside(name, "none");
            return String.join(
                    ", ",
                    "torch.reshape(" + ordered.apply(given.get(Given.INPUT)) + ", [" + sizes.steps() + ", "
                            + sizes.batch() + ", " + sizes.features() + "])",
                    beside(name, "kernel"),
                    beside(name, "recurrent"),
                    sizes.hasBias() ? ordered.apply(given.get(Given.BIAS)) : none,
                    none,
                    ordered.apply(given.get(Given.STATE)),
                    ordered.apply(given.get(Given.CELL)));
        }

        private static String turned(final String kernel) {
            return "torch.contiguous(torch.t(" + kernel + "))";
        }
    }

    /**
     * The way back.
     *
     * @param gradients by input, kernel, recurrent kernel and bias, as far as they are needed
     */
    record Backward(Forward forward, List<Optional<Tensor>> gradients) implements LstmCall {
        @Override
        public List<Tensor> operands() {
            return Stream.concat(forward.given.values().stream(), forward.results().stream())
                    .toList();
        }

        private Optional<Tensor> given(final Given what) {
            return Optional.ofNullable(forward.given.get(what));
        }

        @Override
        public List<Tensor> results() {
            return inOrder(gradients.stream());
        }

        @Override
        public Set<Tensor> inner() {
            return Set.of();
        }

        @Override
        public List<String> statements(final TorchLines.Naming name, final Function<Tensor, String> ordered) {
            final LstmPattern.Sizes sizes = forward.sizes;
            final String results = forward.beside(name, "gradients");
            final List<String> lines = new ArrayList<>();
            lines.add(results + " = torch.mkldnn_rnn_layer_backward(" + forward.arguments(name, ordered) + ", "
                    + forward.all(name) + ", " + forward.last(name) + ", " + forward.beside(name, "cell") + ", "
                    + given(Given.BY_ALL).map(ordered).orElse("None") + ", "
                    + given(Given.BY_LAST).map(ordered).orElse("None") + ", None, "
                    + spoken(sizes.isBackwards()) + ", 2, " + sizes.units() + ", 1, True, True, False, [], False, "
                    + forward.beside(name, "kept") + ")");
            for (int i = 0; i < gradients.size(); i++) {
                final String result = results + "[" + i + "]";
                final String text =
                        switch (i) {
                            case 0 ->
                                "torch.reshape(" + result + ", [" + sizes.steps() * sizes.batch() + ", "
                                        + sizes.features() + "])";
                            case 1, 2 -> "torch.contiguous(torch.t(" + result + "))";
                            default -> result;
                        };
                gradients.get(i).ifPresent(gradient -> lines.add(name.of(gradient) + " = " + text));
            }
            return lines;
        }
    }

    private static List<Tensor> inOrder(final Stream<Optional<Tensor>> results) {
        return results.flatMap(Optional::stream)
                .sorted(Comparator.comparingInt(Tensor::id))
                .toList();
    }

    private static String spoken(final boolean condition) {
        return condition ? "True" : "False";
    }
}
