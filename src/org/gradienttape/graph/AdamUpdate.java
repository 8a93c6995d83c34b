package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Tensor;

/**
 * A variable's new value by Adam's rule, <i>w - rate * mean / (sqrt(square) + epsilon)</i> with running means of the gradient and
 * of its square. libtorch has one call for it, which goes through the four tensors once, where the operations one by one do
 * so six times.
 *
 * @param value the new one
 * @param weight before
 * @param gradient its numbers in the weight's order, whatever their shape
 * @param mean of the gradient
 * @param square of the gradient's square
 * @param epsilon added to the root
 * @param rate what each step of the run has
 * @param inner all that the call computes besides the new value, without keeping it
 */
record AdamUpdate(
        Tensor value,
        Tensor weight,
        Tensor gradient,
        Average mean,
        Average square,
        double epsilon,
        Scalar rate,
        Collection<Tensor> inner) {
    /** A number of updates after which nothing is left of libtorch's corrections, which the rate has already. */
    static final String LATE = "late";
    /** What never comes to pass. */
    static final String NEVER = "never";
    /** The list that the call changes. */
    static final String CHANGED = "changed";

    /** How often the rule needs a gradient: for its mean, and twice for its square. */
    private static final int USES_OF_GRADIENT = 3;

    /** From the new value to the square: which input comes next, and what makes it. */
    private record Hop(int input, Operation operation) {}

    private static final List<Hop> TO_ROOT = List.of(
            new Hop(1, Arithmetic.MUL_NUMBER),
            new Hop(0, Arithmetic.DIV),
            new Hop(1, Arithmetic.ADD_NUMBER),
            new Hop(0, Function.SQRT));

    /**
     * A running mean: <i>decay * before + (1 - decay) * values</i>.
     *
     * @param after which the variable takes
     */
    record Average(Tensor before, Tensor values, double decay, Tensor after) {}

    /**
     * Goes from the new value back to what it is made of.
     *
     * @param uses how often each tensor is needed
     * @param assigned what variables take
     * @param shape of the weight
     * @param inner what was found on the way
     */
    private record Finder(Map<Tensor, Integer> uses, Set<Tensor> assigned, long[] shape, List<Tensor> inner) {
        /** Takes in what is made by the operation, if the call alone needs it. */
        boolean takes(final Tensor tensor, final Operation operation) {
            return tensor.operation() == operation
                    && uses.get(tensor) == 1
                    && Arrays.equals(tensor.shape(), shape)
                    && inner.add(tensor);
        }

        /** Takes in a mean that the call and its variable need, and nothing else. */
        Optional<Average> average(final Tensor mean) {
            if (mean.operation() != Arithmetic.ADD || uses.get(mean) != 2 || !assigned.contains(mean)) {
                return Optional.empty();
            }
            inner.add(mean);
            final Tensor old = Fusion.inputs(mean).get(0);
            final Tensor added = Fusion.inputs(mean).get(1);
            if (!takes(old, Arithmetic.MUL_NUMBER)
                    || !takes(added, Arithmetic.MUL_NUMBER)
                    || !areShares(old.number(0), added.number(0))) {
                return Optional.empty();
            }
            return Optional.of(new Average(
                    Fusion.inputs(old).get(0),
                    Fusion.inputs(added).get(0),
                    old.number(0).value(),
                    mean));
        }

        private static boolean areShares(final Scalar decay, final Scalar rest) {
            return decay.isLiteral() && decay.value() >= 0 && decay.value() < 1 && rest.is(1 - decay.value());
        }

        /** Takes in what gives a gradient the weight's shape, which the call does not look at. */
        Tensor flat(final Tensor gradient) {
            if (gradient.operation() != Form.RESHAPE || uses.get(gradient) != USES_OF_GRADIENT) {
                return gradient;
            }
            inner.add(gradient);
            return Fusion.inputs(gradient).get(0);
        }

        /** Takes in the square of a tensor. */
        boolean takesSquare(final Tensor square, final Tensor of) {
            return takes(square, Arithmetic.MUL)
                    && Fusion.inputs(square).stream().allMatch(factor -> factor == of);
        }
    }

    /**
     * Finds the rule behind a new value.
     *
     * @param uses how often each tensor is needed
     * @param assigned what variables take
     */
    static Optional<AdamUpdate> of(final Tensor value, final Map<Tensor, Integer> uses, final Set<Tensor> assigned) {
        if (value.operation() != Arithmetic.SUB) {
            return Optional.empty();
        }
        final Finder finder = new Finder(uses, assigned, value.shape(), new ArrayList<>());
        final List<Tensor> path = new ArrayList<>();
        Tensor end = value;
        for (final Hop hop : TO_ROOT) {
            end = Fusion.inputs(end).get(hop.input());
            if (!finder.takes(end, hop.operation())) {
                return Optional.empty();
            }
            path.add(end);
        }
        final Tensor step = path.get(0);
        final Tensor ratio = path.get(1);
        final Scalar epsilon = path.get(2).number(0);
        final Tensor weight = Fusion.inputs(value).get(0);
        final Optional<Average> mean = finder.average(Fusion.inputs(ratio).get(0));
        final Optional<Average> square = finder.average(Fusion.inputs(end).get(0));
        if (mean.isEmpty()
                || square.isEmpty()
                || !finder.takesSquare(square.get().values(), mean.get().values())
                || !epsilon.isLiteral()
                || !Arrays.equals(weight.shape(), value.shape())) {
            return Optional.empty();
        }
        return Optional.of(new AdamUpdate(
                value,
                weight,
                finder.flat(mean.get().values()),
                mean.get(),
                square.get(),
                epsilon.value(),
                step.number(0),
                finder.inner()));
    }

    /** What the call reads. */
    List<Tensor> operands() {
        return List.of(weight, gradient, mean.before(), square.before());
    }

    /** What the call makes. */
    List<Tensor> results() {
        return List.of(value, mean.after(), square.after());
    }

    /** Whether one call can make it behind others: by the same rule, and from nothing that those make. */
    boolean follows(final List<AdamUpdate> others) {
        return others.stream()
                .allMatch(other -> rate.equals(other.rate)
                        && epsilon == other.epsilon
                        && mean.decay() == other.mean.decay()
                        && square.decay() == other.square.decay()
                        && Collections.disjoint(operands(), other.results()));
    }

    /** What the program makes once. */
    static List<String> preparation() {
        return List.of(
                LATE + " = torch.full([], 1.0e30, dtype=" + TorchExpression.SINGLE + ", device=floats.device)",
                NEVER + " = torch.lt(torch.len(numbers), 0)");
    }

    /**
     * A call for several weights. The compiler of TorchScript does not see that tensors of a list change: it would leave the call
     * out, or take what was computed of them before for what is computed after. It believes it of an assignment that never comes to
     * pass.
     *
     * @param updates by the same rule
     * @param name of a tensor; results have those of what is written over
     * @param gradient the text of one whose numbers lie one behind the other, as the call reads them
     */
    static List<String> statements(
            final List<AdamUpdate> updates,
            final TorchLines.Naming name,
            final java.util.function.Function<Tensor, String> gradient) {
        final AdamUpdate any = updates.get(0);
        final List<String> lines = new ArrayList<>();
        lines.add(CHANGED + " = " + list(updates.stream().map(update -> name.of(update.value))));
        lines.add("torch._fused_adam_(" + CHANGED + ", "
                + list(updates.stream().map(update -> gradient.apply(update.gradient))) + ", "
                + list(updates.stream().map(update -> name.of(update.mean.after()))) + ", "
                + list(updates.stream().map(update -> name.of(update.square.after())))
                + ", annotate(List[Tensor], []), " + list(updates.stream().map(update -> LATE)) + ", lr=" + any.rate
                + ", beta1=" + any.mean.decay() + ", beta2=" + any.square.decay() + ", weight_decay=0.0, eps="
                + Scalar.of(any.epsilon) + ", amsgrad=False, maximize=False)");
        lines.add("if " + NEVER + ":");
        lines.add("  torch.zero_(" + CHANGED + "[0])");
        updates.forEach(
                update -> update.results().forEach(result -> lines.add("  torch.zero_(" + name.of(result) + ")")));
        return lines;
    }

    private static String list(final Stream<String> texts) {
        return texts.collect(Collectors.joining(", ", "[", "]"));
    }
}
