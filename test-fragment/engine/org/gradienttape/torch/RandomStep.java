package org.gradienttape.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;

/**
 * Steps of operations drawn at random, as nobody would write them: gradients by anything and of gradients, assignments
 * between reads, numbers of tensors that go on as numbers of Java, mistakes that are caught, variables made in branches.
 * All steps of a run do the same with other numbers; some look at what others leave waiting, and those of every third run
 * look at nothing, so that they are joined in one call.
 */
final class RandomStep {
    private static final int STEPS = 4;
    private static final int OPERATIONS = 30;
    private static final long[][] SHAPES = {{3}, {2, 3}, {3, 3}, {}, {2, 1}, {2, 2, 2, 2}};
    private static final int KERNEL = 5;

    private final Computation computation;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Fetched> fetched = new ArrayList<>();
    private final List<float[]> looked = new ArrayList<>();
    private final Map<Integer, Variable> own = new HashMap<>();
    private final long seed;
    /** Whether steps look at numbers; those that do not can be joined in one call. */
    private final boolean looks;

    private RandomStep(final Computation computation, final long seed) {
        this.computation = computation;
        this.seed = seed;
        this.looks = seed % 3 != 0;
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
            switch (looks ? numbers.nextInt(4) : 3) {
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

    static float[] some(final SplittableRandom random, final long... shape) {
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
        private final RandomOperations draw;

        private Step(final SplittableRandom choice, final SplittableRandom numbers) {
            this.choice = choice;
            this.numbers = numbers;
            this.draw = new RandomOperations(machine, choice, numbers);
        }

        private void run() {
            pool.add(machine.tensor(some(numbers, 2, 3), 2, 3));
            pool.add(machine.tensor(some(numbers, 3), 3));
            pool.addAll(variables);
            for (int i = 0; i < OPERATIONS; i++) {
                act();
            }
            fetched.add(computation.fetch(pool.get(pool.size() - 1)));
        }

        private void act() {
            switch (choice.nextInt(26)) {
                case 0, 1 -> pool.add(draw.ofOne(any()));
                case 2, 3, 4 -> pool.add(draw.ofTwo(any(), any()));
                case 5 -> pool.add(draw.product(any(), any()));
                case 6 -> pool.add(draw.form(any()));
                case 7 -> pool.add(draw.summary(any()));
                case 8 -> pool.add(draw.loop(any(), any()));
                case 9, 10 -> gradient();
                case 11, 12 -> assign(variables.get(choice.nextInt(variables.size())));
                case 13 -> fetched.add(computation.fetch(any()));
                case 14 -> update(variables.get(choice.nextInt(variables.size())));
                case 15 -> pool.add(draw.recurrence(any(), any()));
                case 16 -> pool.add(draw.images(any(), variables.get(KERNEL)));
                case 17 -> pool.add(draw.choices(any()));
                case 18 -> pool.add(draw.noise(any()));
                case 19 -> pool.add(draw.normalized(any()));
                case 20 -> pool.add(draw.joined(any(), any()));
                case 21 -> second();
                case 22 -> misfit();
                case 23 -> brokenUpdate();
                default -> number();
            }
        }

        private Tensor any() {
            return pool.get(choice.nextInt(pool.size()));
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
                    RandomOperations.fits(x, variable) && x.rank() <= variable.rank() && isNoLarger(x, variable)
                            ? x.add(variable.mul(draw.factor())).tanh()
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

        /** Gradients of gradients, by a source that may be there twice. */
        private void second() {
            final Tensor source = any();
            final Variable variable = variables.get(choice.nextInt(variables.size()));
            final List<Tensor> sources = List.of(source, variable, source);
            final List<Tensor> first = tape.gradient(any().tanh().mul(any().mean()), sources);
            pool.addAll(
                    tape.gradient(first.get(0).square().mean().add(first.get(1).sum()), sources));
            pool.add(tape.gradient(first.get(0).mul(2), first.get(choice.nextInt(3))));
        }

        /** What a person catches. */
        private void misfit() {
            final Tensor x = any();
            try {
                pool.add(x.mul(draw.factor()).matmul(machine.full(1, 77, 2)));
            } catch (final TensorException caught) {
                pool.add(x.mul(draw.factor()));
            }
        }

        /** An update that fails behind its first weight. */
        private void brokenUpdate() {
            final Variable first = variables.get(choice.nextInt(variables.size()));
            final Tensor x = any();
            try {
                first.together(() -> {
                    first.assign(first.mul(draw.factor()).add(x.tanh().mean()));
                    variables.get(0).assign(machine.full(1, 77));
                });
            } catch (final TensorException caught) {
                pool.add(first.mul(1));
            }
        }

        /** A number of a tensor, which goes on as a number of Java and decides what is done. */
        private void number() {
            final float[] start = some(numbers, 2, 3);
            if (!looks) {
                pool.add(any().mul(draw.factor()));
                return;
            }
            final double item = any().tanh().mean().item();
            pool.add(any().mul(item));
            if (item > 0.01) {
                pool.add(any().add(item));
            } else if (item < -0.3) {
                final Variable made = own.computeIfAbsent(
                        choice.nextInt(2), place -> computation.variable("own" + place, start, 2, 3));
                made.assign(made.mul(0.5).add(item));
                pool.add(made);
            }
        }
    }
}
