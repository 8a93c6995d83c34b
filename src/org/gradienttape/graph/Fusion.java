package org.gradienttape.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Normalization;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Pooling;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Reduction;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/** Finds operations that the engine does in one with others whose results nobody else needs. */
final class Fusion {
    /**
     * One call for several operations: the result may be written over the first operand.
     *
     * @param function for example "addcmul"
     * @param operands its tensors
     * @param rest further arguments, for example ", value=0.1"
     * @param work the operation that takes most of its time
     */
    record Fused(String function, List<Tensor> operands, String rest, Tensor work) {
        /** A product reads its factors while it writes, so it cannot lie where one of them does. */
        boolean mayOverwrite() {
            return work.operation() != Product.MATMUL
                    || !operands.subList(1, operands.size()).contains(operands.get(0));
        }
    }

    /** More than the caches next to a core hold. */
    private static final int MANY_NUMBERS = 1 << 17;

    private final Map<Tensor, Integer> uses;
    private final TorchWriter.Target target;
    /** New values of variables. */
    private final Set<Tensor> values = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Map<Tensor, Fused> fused = new IdentityHashMap<>();
    private final Map<Tensor, List<Tensor>> groups = new IdentityHashMap<>();
    private final Map<Tensor, AdamUpdate> updates = new IdentityHashMap<>();
    private final Map<Tensor, LstmCall> calls = new IdentityHashMap<>();
    private final Set<Tensor> absorbed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Tensor> roots = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param order what is computed, inputs before results
     * @param uses how often each is needed
     * @param loops among them
     * @param target what the calls are for
     * @param assigned new values of variables
     */
    Fusion(
            final List<Tensor> order,
            final Map<Tensor, Integer> uses,
            final Loops loops,
            final TorchWriter.Target target,
            final Collection<Tensor> assigned) {
        this.uses = uses;
        this.target = target;
        this.values.addAll(assigned);
        if (target.hasFusedAdam()) {
            values.forEach(this::update);
        }
        final List<LstmCall> found = new LstmCalls(order, uses, loops).all();
        if (!found.isEmpty() && target.hasFusedLstm().getAsBoolean()) {
            found.forEach(this::call);
        }
        order.forEach(this::sum);
        order.forEach(this::root);
        order.forEach(tensor -> group(tensor, order));
    }

    /** Whether another call computes it as well, without keeping it. */
    boolean isAbsorbed(final Tensor tensor) {
        return absorbed.contains(tensor);
    }

    Optional<Fused> of(final Tensor tensor) {
        return Optional.ofNullable(fused.get(tensor));
    }

    /**
     * Whether it is a square root to which a number is added, and which nobody else needs, as the rule of Nadam has it. MKL, which
     * libtorch calls for roots, is slow, above all for zeros, and its last bit does not matter in such a sum.
     */
    boolean isRootInSum(final Tensor tensor) {
        return roots.contains(tensor);
    }

    /** Whether one call makes it by Adam's rule. */
    Optional<AdamUpdate> updateOf(final Tensor tensor) {
        return Optional.ofNullable(updates.get(tensor));
    }

    private void update(final Tensor value) {
        AdamUpdate.of(value, uses, values).ifPresent(update -> {
            updates.put(value, update);
            absorbed.addAll(update.inner());
        });
    }

    /** The call for a whole LSTM that makes it beside others. */
    Optional<LstmCall> callOf(final Tensor tensor) {
        return Optional.ofNullable(calls.get(tensor));
    }

    private void call(final LstmCall call) {
        call.results().forEach(result -> calls.put(result, call));
        absorbed.addAll(call.inner());
    }

    private void root(final Tensor tensor) {
        if (tensor.operation() == Arithmetic.ADD_NUMBER
                && isSingle(inputs(tensor).get(0), Function.SQRT)) {
            roots.add(inputs(tensor).get(0));
        }
    }

    /** The operation that takes most of a call's time. */
    Tensor work(final Tensor tensor) {
        return of(tensor).map(Fused::work).orElse(tensor);
    }

    /** Operations that one call computes, each with a result; this one alone if there are no others. */
    List<Tensor> group(final Tensor tensor) {
        return groups.getOrDefault(tensor, List.of(tensor));
    }

    /** What the call reads. */
    List<Tensor> operands(final Tensor tensor) {
        if (updates.containsKey(tensor)) {
            return updates.get(tensor).operands();
        }
        if (calls.containsKey(tensor)) {
            return calls.get(tensor).operands();
        }
        if (fused.containsKey(tensor)) {
            return fused.get(tensor).operands();
        }
        return read(group(tensor)).toList();
    }

    static List<Tensor> inputs(final Tensor tensor) {
        final List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < tensor.inputCount(); i++) {
            inputs.add(Graph.settled(tensor.input(i)));
        }
        return inputs;
    }

    private void sum(final Tensor tensor) {
        if (tensor.operation() != Arithmetic.ADD && tensor.operation() != Arithmetic.SUB
                || absorbed.contains(tensor)
                || updates.containsKey(tensor)) {
            return;
        }
        final boolean adds = tensor.operation() == Arithmetic.ADD;
        final List<Tensor> in = inputs(tensor);
        if (isAdded(in.get(1), tensor)) {
            added(tensor, in.get(0), in.get(1), adds);
        } else if (adds && isAdded(in.get(0), tensor)) {
            added(tensor, in.get(1), in.get(0), true);
        }
    }

    /** Whether it is a product, or a tensor times a number, to be added to another one of the result's shape. */
    private boolean isAdded(final Tensor part, final Tensor sum) {
        final List<Tensor> in = inputs(sum);
        final Tensor other = in.get(0) == part ? in.get(1) : in.get(0);
        return (isSingle(part, Arithmetic.MUL_NUMBER) || isProduct(part, sum) || isPlainProduct(part, sum))
                        && Arrays.equals(other.shape(), sum.shape())
                || isProduct(part, sum) && isRowOfMany(other, sum);
    }

    /** Whether it is a product of two tensors of the sum's shape, number by number. */
    private boolean isPlainProduct(final Tensor tensor, final Tensor sum) {
        return isSingle(tensor, Arithmetic.MUL)
                && hasInputsOfItsShape(tensor)
                && Arrays.equals(tensor.shape(), sum.shape());
    }

    /** Whether it is one row for all of a matrix that is too large to be read and written once more. */
    private static boolean isRowOfMany(final Tensor row, final Tensor sum) {
        return row.rank() == 1 && row.size() == sum.size(1) && sum.size() >= MANY_NUMBERS;
    }

    /**
     * Whether it is a product of two matrices that nobody else needs, that needs no repetition to be added, and whose library can
     * add it in the same call.
     */
    private boolean isProduct(final Tensor tensor, final Tensor sum) {
        return tensor.rank() == 2
                && isSingle(tensor, Product.MATMUL)
                && Arrays.equals(tensor.shape(), sum.shape())
                && !target.products().isOfOneDnn(tensor);
    }

    /** base + factor * part. */
    private void added(final Tensor tensor, final Tensor base, final Tensor part, final boolean adds) {
        if (isProduct(part, tensor)) {
            product(tensor, base, part, adds ? Scalar.of(1) : Scalar.of(-1));
            return;
        }
        if (part.operation() == Arithmetic.MUL) {
            ofThree("addcmul", tensor, base, part, adds ? Scalar.of(1) : Scalar.of(-1));
            return;
        }
        final Scalar factor = adds ? part.number(0) : part.number(0).negate();
        final Tensor scaled = inputs(part).get(0);
        if (isProduct(scaled, tensor)) {
            product(tensor, base, scaled, factor);
            absorbed.add(part);
        } else if (isSingle(scaled, Arithmetic.MUL) && hasInputsOfItsShape(scaled)) {
            ofThree("addcmul", tensor, base, scaled, factor);
            absorbed.add(part);
        } else if (isSingle(scaled, Arithmetic.DIV) && hasInputsOfItsShape(scaled)) {
            ofThree("addcdiv", tensor, base, scaled, factor);
            absorbed.add(part);
        } else if (values.contains(tensor)
                && isSingle(base, Arithmetic.MUL_NUMBER)
                && areWeights(base.number(0), factor)) {
            fuse(tensor, new Fused("lerp", List.of(inputs(base).get(0), scaled), ", " + factor, tensor), part, base);
        } else {
            fuse(tensor, new Fused("add", List.of(base, scaled), ", alpha=" + factor, tensor), part);
        }
    }

    /** Whether they are those of a weighted mean. What a call makes of it is no number where it should be infinite. */
    private static boolean areWeights(final Scalar one, final Scalar other) {
        return one.isLiteral() && other.isLiteral() && one.value() + other.value() == 1;
    }

    private void product(final Tensor tensor, final Tensor base, final Tensor product, final Scalar factor) {
        final List<Tensor> two = inputs(product);
        fuse(
                tensor,
                new Fused("addmm", List.of(base, two.get(0), two.get(1)), ", beta=1, alpha=" + factor, product),
                product);
    }

    private void ofThree(
            final String function, final Tensor tensor, final Tensor base, final Tensor scaled, final Scalar factor) {
        final List<Tensor> two = inputs(scaled);
        fuse(tensor, new Fused(function, List.of(base, two.get(0), two.get(1)), ", value=" + factor, tensor), scaled);
    }

    private void fuse(final Tensor tensor, final Fused call, final Tensor... inner) {
        fused.put(tensor, call);
        absorbed.addAll(List.of(inner));
    }

    private boolean isSingle(final Tensor tensor, final Operation operation) {
        return tensor.operation() == operation
                && uses.get(tensor) == 1
                && !fused.containsKey(tensor)
                && !calls.containsKey(tensor);
    }

    private static boolean hasInputsOfItsShape(final Tensor tensor) {
        return inputs(tensor).stream().allMatch(input -> Arrays.equals(input.shape(), tensor.shape()));
    }

    /**
     * The gradients of one convolution by kernel and images, a largest number with its place, normalized columns with their
     * means and scales, and the gradients of those.
     */
    private void group(final Tensor tensor, final List<Tensor> order) {
        if (groups.containsKey(tensor)) {
            return;
        }
        final List<Tensor> in = inputs(tensor);
        if (tensor.operation() == Convolution.CONVOLVE_KERNEL) {
            join(tensor, order, other -> isOtherGradient(tensor, other));
        } else if (tensor.operation() == Pooling.LARGEST) {
            join(
                    tensor,
                    order,
                    other -> other.operation() == Pooling.LARGEST_PLACES
                            && inputs(other).equals(in)
                            && Arrays.equals(other.attributes(), tensor.attributes()));
        } else if (tensor.operation() == Normalization.NORMALIZE) {
            normalized(List.of(tensor, in.get(3), in.get(4)));
        } else if (tensor.operation() == Normalization.NORMALIZE_ROWS) {
            final List<Tensor> beside = List.of(in.get(0), in.get(1), in.get(3), in.get(4));
            join(
                    tensor,
                    order,
                    other -> other.operation() == Normalization.NORMALIZE_GAMMA
                            && inputs(other).equals(beside));
            join(tensor, order, other -> isSumOfColumns(other, in.get(0)));
        } else if (tensor.operation() == Normalization.NORMALIZE_GAMMA) {
            join(tensor, order, other -> isSumOfColumns(other, in.get(0)));
        }
    }

    /** Lets one call compute another result, too, if all that the call reads is there before the first of its results. */
    private void join(final Tensor tensor, final List<Tensor> order, final Predicate<Tensor> fits) {
        order.stream()
                .filter(other -> !groups.containsKey(other) && fits.test(other))
                .map(other ->
                        Stream.concat(group(tensor).stream(), Stream.of(other)).toList())
                .filter(Fusion::canBeOneCall)
                .findFirst()
                .ifPresent(members -> members.forEach(member -> groups.put(member, members)));
    }

    /** Columns with their means and scales. */
    private void normalized(final List<Tensor> members) {
        final boolean areOfOne = members.get(1).operation() == Normalization.MEANS
                && members.get(2).operation() == Normalization.SCALES
                && members.stream()
                                .map(member -> inputs(member).get(0))
                                .distinct()
                                .count()
                        == 1;
        if (areOfOne && canBeOneCall(members) && members.stream().noneMatch(groups::containsKey)) {
            members.forEach(member -> groups.put(member, members));
        }
    }

    private static boolean canBeOneCall(final List<Tensor> members) {
        return areThereBefore(members, read(members));
    }

    /** Whether all that a call reads is there before the first of its results. */
    static boolean areThereBefore(final List<Tensor> results, final Stream<Tensor> operands) {
        final int first = results.stream().mapToInt(Tensor::id).min().orElseThrow();
        return operands.allMatch(operand -> operand.id() < first || operand.operation() == Source.VARIABLE);
    }

    /** What a call reads that it does not compute itself. */
    private static Stream<Tensor> read(final List<Tensor> members) {
        return members.stream()
                .flatMap(member -> inputs(member).stream())
                .distinct()
                .filter(operand -> !members.contains(operand));
    }

    private static boolean isSumOfColumns(final Tensor tensor, final Tensor matrix) {
        return tensor.operation() == Reduction.SUM
                && inputs(tensor).get(0) == matrix
                && Arrays.equals(tensor.attributes(), new long[] {0, 0});
    }

    private static boolean isOtherGradient(final Tensor kernel, final Tensor images) {
        if (images.operation() != Convolution.CONVOLVE_IMAGES || images.inputCount() != 2) {
            return false;
        }
        final List<Tensor> ofKernel = inputs(kernel);
        final List<Tensor> ofImages = inputs(images);
        return ofImages.get(0) == ofKernel.get(1)
                && ofImages.get(1) == ofKernel.get(2)
                && Arrays.equals(kernel.attributes(), Arrays.copyOf(images.attributes(), Convolution.GEOMETRY))
                && Arrays.equals(ofKernel.get(0).shape(), images.shape());
    }
}
