package org.gradienttape.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.Variable;

/**
 * Steps of operations drawn at random, as nobody would write them: gradients by anything and of gradients, assignments
 * between reads, numbers of tensors that go on as numbers of Java, loops. All steps of a run do the same with other numbers;
 * some look at what others leave waiting.
 */
final class RandomStep {
    private static final int STEPS = 4;
    private static final int OPERATIONS = 30;
    private static final long[][] SHAPES = {{3}, {2, 3}, {3, 3}, {}, {2, 1}};

    private final Computation computation;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Fetched> fetched = new ArrayList<>();
    private final List<float[]> looked = new ArrayList<>();
    private final long seed;

    private RandomStep(final Computation computation, final long seed) {
        this.computation = computation;
        this.seed = seed;
    }

    /** All numbers that a run gives, in an order of which its steps know nothing. */
    static List<float[]> run(final Execution execution, final long seed) {
        return Computed.with(execution, computation -> new RandomStep(computation, seed).numbers());
    }

    private List<float[]> numbers() {
        final SplittableRandom start = new SplittableRandom(seed);
        for (final long[] shape : SHAPES) {
            variables.add(computation.variable("v" + variables.size(), some(start, shape), shape));
        }
        for (int i = 0; i < STEPS; i++) {
            final SplittableRandom numbers = new SplittableRandom(seed + 1 + i);
            computation.step(() -> new Step(new SplittableRandom(seed), numbers).run());
            switch (numbers.nextInt(4)) {
                case 0 -> computation.leave();
                case 1 -> looked.add(computation.read(variables.get(numbers.nextInt(SHAPES.length))));
                default -> {}
            }
        }
        computation.finish();
        final List<float[]> all = new ArrayList<>(looked);
        fetched.forEach(one -> all.add(one.numbers()));
        variables.forEach(variable -> all.add(computation.read(variable)));
        return all;
    }

    private static float[] some(final SplittableRandom random, final long... shape) {
        final float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    /** One step: what it does is drawn from one stream, its numbers from another. */
    private final class Step {
        private final SplittableRandom choice;
        private final SplittableRandom numbers;
        private final Machine machine = computation.machine();
        private final GradientTape tape = new GradientTape();
        private final List<Tensor> pool = new ArrayList<>();

        private Step(final SplittableRandom choice, final SplittableRandom numbers) {
            this.choice = choice;
            this.numbers = numbers;
        }

        private void run() {
            pool.add(machine.tensor(some(numbers, 2, 3), 2, 3));
            pool.add(machine.many(some(numbers, 3)));
            pool.addAll(variables);
            for (int i = 0; i < OPERATIONS; i++) {
                act();
            }
            fetched.add(computation.fetch(pool.get(pool.size() - 1)));
        }

        private void act() {
            switch (choice.nextInt(16)) {
                case 0, 1 -> pool.add(ofOne(any()));
                case 2, 3, 4 -> pool.add(ofTwo(any(), any()));
                case 5 -> pool.add(product(any(), any()));
                case 6 -> pool.add(form(any()));
                case 7 -> pool.add(summary(any()));
                case 8 -> pool.add(loop(any()));
                case 9, 10 -> gradient();
                case 11, 12 -> assign(variables.get(choice.nextInt(variables.size())));
                case 13 -> fetched.add(computation.fetch(any()));
                case 14 -> update(variables.get(choice.nextInt(variables.size())));
                default -> number();
            }
        }

        private Tensor any() {
            return pool.get(choice.nextInt(pool.size()));
        }

        private double factor() {
            return 2 * numbers.nextDouble() - 1;
        }

        private Tensor ofOne(final Tensor x) {
            return switch (choice.nextInt(20)) {
                case 0 -> x.tanh();
                case 1 -> x.sigmoid();
                case 2 -> x.relu();
                case 3 -> x.neg();
                case 4 -> x.square();
                case 5 -> x.abs().add(0.1).sqrt();
                case 6 -> x.tanh().exp();
                case 7 -> x.abs().add(0.5).log();
                case 8 -> x.sin();
                case 9 -> x.cos();
                case 10 -> x.silu();
                case 11 -> x.softplus();
                case 12 -> x.gelu();
                case 13 -> x.leakyRelu(0.2);
                case 14 -> x.mul(factor());
                case 15 -> x.add(factor());
                case 16 -> x.mul(0).add(x);
                case 17 -> x.detach();
                case 18 -> x.pow(choice.nextInt(3));
                default -> x.elu(1.5).clip(-0.9, 0.9);
            };
        }

        private Tensor ofTwo(final Tensor x, final Tensor second) {
            final Tensor y = fits(x, second) ? second : second.mean();
            return switch (choice.nextInt(10)) {
                case 0, 1 -> x.add(y);
                case 2 -> x.sub(y);
                case 3 -> x.mul(y);
                case 4 -> x.div(y.abs().add(1));
                case 5 -> x.add(y.mul(factor()));
                case 6 -> x.sub(y.mul(x).mul(0.5));
                case 7 -> x.maximum(y);
                case 8 -> x.where(x.gt(y), y);
                default -> x.mul(0.25).add(y.mul(0.75));
            };
        }

        private static boolean fits(final Tensor x, final Tensor y) {
            final long[] longer = x.rank() >= y.rank() ? x.shape() : y.shape();
            final long[] shorter = x.rank() >= y.rank() ? y.shape() : x.shape();
            final int more = longer.length - shorter.length;
            return IntStream.range(0, shorter.length)
                    .allMatch(i -> longer[i + more] == shorter[i] || longer[i + more] == 1 || shorter[i] == 1);
        }

        private Tensor matrix(final Tensor x) {
            return switch (x.rank()) {
                case 0 -> x.reshape(1, 1);
                case 1 -> x.unsqueeze(choice.nextInt(2));
                case 2 -> x;
                default -> x.reshape(x.size(0), -1);
            };
        }

        private Tensor product(final Tensor first, final Tensor second) {
            final Tensor x = matrix(first);
            final Tensor y = matrix(second);
            if (x.size(1) == y.size(0)) {
                final Tensor product = x.matmul(y);
                return choice.nextInt(2) == 0 && fits(product, y) ? y.add(product) : product;
            }
            return x.size(1) == y.size(1)
                    ? x.matmul(y.transpose())
                    : x.transpose().matmul(x);
        }

        private Tensor form(final Tensor x) {
            if (x.rank() == 0) {
                return choice.nextInt(2) == 0 ? x.expand(2, 3) : x.reshape(1, 1);
            }
            final int axis = choice.nextInt(x.rank());
            final long size = x.size(axis);
            return switch (choice.nextInt(12)) {
                case 0 -> matrix(x).transpose();
                case 1 -> x.flatten();
                case 2 -> x.slice(axis, choice.nextInt((int) size), size);
                case 3 -> x.flip(axis);
                case 4 -> machine.concat(axis, x, x.mul(factor()));
                case 5 -> matrix(x).pad(factor(), 1, 0, 0, 1);
                case 6 -> x.unsqueeze(axis).expand(with(x, axis)).mul(factor());
                case 7 -> x.take(machine.tensor(new long[] {size - 1, 0}, 2), axis);
                case 8 -> x.contiguous();
                case 9, 10 -> pieces(x, axis);
                default -> matrix(x).transpose().transpose();
            };
        }

        /** Each entry goes another way, as the gates of an LSTM do; they come in any order. */
        private Tensor pieces(final Tensor x, final int axis) {
            final int turn = choice.nextInt((int) x.size(axis));
            Tensor sum = x.slice(axis, turn, turn + 1).tanh();
            for (int i = 1; i < x.size(axis); i++) {
                final long place = (turn + i) % x.size(axis);
                sum = sum.mul(0.7).add(x.slice(axis, place, place + 1).mul(factor()));
            }
            return sum;
        }

        /** Two of it along a new axis. */
        private static long[] with(final Tensor x, final int axis) {
            final long[] shape = x.unsqueeze(axis).shape();
            shape[axis] = 2;
            return shape;
        }

        private Tensor summary(final Tensor x) {
            final int axis = x.rank() == 0 ? 0 : choice.nextInt(x.rank());
            if (x.rank() == 0) {
                return x.tanh();
            }
            return switch (choice.nextInt(9)) {
                case 0 -> x.sum();
                case 1 -> x.mean(axis);
                case 2 -> x.max(axis);
                case 3 -> x.sumKeeping(axis);
                case 4 -> x.softmax(axis);
                case 5 -> x.logSoftmax(axis);
                case 6 -> x.logsumexp(axis);
                case 7 -> x.argmax(axis).oneHot((int) x.size(axis));
                default -> x.sub(x.meanKeeping(axis)).square();
            };
        }

        private Tensor loop(final Tensor x) {
            final Tensor sequence = matrix(x);
            final Tensor start = sequence.mean(0).tanh();
            final Tensor other = any().mean();
            final double factor = factor();
            final Machine.Run run = machine.scan(
                    choice.nextInt(2) == 0,
                    List.of(sequence),
                    List.of(start),
                    (states, elements) -> List.of(states.get(0)
                            .mul(factor)
                            .add(elements.get(0).mul(other))
                            .tanh()));
            return choice.nextInt(2) == 0 ? run.last(0) : run.all(0);
        }

        private void gradient() {
            final Tensor loss = any();
            final List<Tensor> sources = List.of(any(), any(), variables.get(choice.nextInt(variables.size())));
            pool.addAll(
                    tape.gradient(choice.nextInt(2) == 0 ? loss : loss.square().mean(), sources));
        }

        private void assign(final Variable variable) {
            final Tensor x = any().tanh();
            variable.assign(
                    fits(x, variable) && x.rank() <= variable.rank() && isNoLarger(x, variable)
                            ? x.add(variable.mul(factor())).tanh()
                            : variable.mul(x.mean()));
            pool.add(choice.nextInt(2) == 0 ? variable : variable.mul(1));
        }

        private static boolean isNoLarger(final Tensor x, final Tensor y) {
            return Arrays.equals(x.add(y).shape(), y.shape());
        }

        /** As optimizers do. */
        private void update(final Variable variable) {
            final Tensor gradient = tape.gradient(any().tanh().sum(), variable);
            variable.assignAdd(gradient.div(gradient.abs().add(1)).mul(-0.1));
            if (choice.nextInt(2) == 0) {
                variable.assign(
                        variable.add(gradient.mul(gradient).tanh().mul(variable).mul(0.1))
                                .tanh());
            }
        }

        /** A number of a tensor, which goes on as a number of Java and decides what is done. */
        private void number() {
            final double item = any().tanh().mean().item();
            pool.add(any().mul(item));
            if (item > 0.01) {
                pool.add(any().add(item));
            }
        }
    }
}
