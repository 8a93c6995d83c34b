package org.gradienttape.torch;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradienttape.tensor.Machine;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.SeededRandom;
import org.gradienttape.tensor.Tensor;

/** Operations drawn at random, on tensors of any shape. */
final class RandomOperations {
    private final Machine machine;
    private final SplittableRandom choice;
    private final SplittableRandom numbers;

    /**
     * @param choice says what is done
     * @param numbers gives the numbers
     */
    RandomOperations(final Machine machine, final SplittableRandom choice, final SplittableRandom numbers) {
        this.machine = machine;
        this.choice = choice;
        this.numbers = numbers;
    }

    double factor() {
        return 2 * numbers.nextDouble() - 1;
    }

    Tensor ofOne(final Tensor x) {
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

    Tensor ofTwo(final Tensor x, final Tensor second) {
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

    static boolean fits(final Tensor x, final Tensor y) {
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

    Tensor product(final Tensor first, final Tensor second) {
        final Tensor x = matrix(first);
        final Tensor y = matrix(second);
        if (x.size(1) == y.size(0)) {
            final Tensor product = x.matmul(y);
            return choice.nextInt(2) == 0 && fits(product, y) ? y.add(product) : product;
        }
        return x.size(1) == y.size(1) ? x.matmul(y.transpose()) : x.transpose().matmul(x);
    }

    Tensor form(final Tensor x) {
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

    Tensor summary(final Tensor x) {
        final int axis = x.rank() == 0 ? 0 : choice.nextInt(x.rank());
        if (x.rank() == 0) {
            return x.tanh();
        }
        return switch (choice.nextInt(13)) {
            case 9 -> x.min(axis);
            case 10 -> x.norm();
            case 11 -> x.rank() < 2 ? x.max() : x.mean(0, -1);
            case 12 -> x.rank() < 2 ? x.min() : x.meanKeeping(0, 1).add(x);
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

    Tensor loop(final Tensor x, final Tensor other) {
        final Tensor sequence = matrix(x);
        final Tensor start = sequence.mean(0).tanh();
        final Tensor number = other.mean();
        final double factor = factor();
        final Machine.Run run = machine.scan(
                choice.nextInt(2) == 0,
                List.of(sequence),
                List.of(start),
                (states, elements) -> List.of(states.get(0)
                        .mul(factor)
                        .add(elements.get(0).mul(number))
                        .tanh()));
        return choice.nextInt(2) == 0 ? run.last(0) : run.all(0);
    }

    /** Two states, of which one may be left out of what is used; weights in products, as recurrent layers have them. */
    Tensor recurrence(final Tensor x, final Tensor other) {
        final Tensor rows = matrix(x);
        final Tensor sequence = rows.unsqueeze(1);
        final Tensor weights = rows.transpose().matmul(rows).tanh();
        final Tensor shift = other.tanh().mean();
        final Machine.Run run = machine.scan(
                choice.nextInt(2) == 0,
                List.of(sequence, sequence.mul(factor())),
                List.of(sequence.mean(0), sequence.sum(0).tanh()),
                (states, elements) -> {
                    final Tensor gate = states.get(0)
                            .matmul(weights)
                            .add(elements.get(0))
                            .add(shift)
                            .sigmoid();
                    final Tensor next = states.get(1)
                            .mul(gate)
                            .add(elements.get(1).mul(gate.neg().add(1)));
                    return List.of(next.tanh(), next);
                });
        return switch (choice.nextInt(4)) {
            case 0 -> run.last(0);
            case 1 -> run.all(1);
            case 2 -> run.last(1).add(run.last(0));
            default -> run.all(0).mul(run.last(1));
        };
    }

    /** Small images, [1, 2, 4, 4], whose numbers depend on a tensor. */
    Tensor images(final Tensor x, final Tensor kernel) {
        final Tensor images = machine.tensor(RandomStep.some(numbers, 1, 2, 4, 4), 1, 2, 4, 4)
                .add(x.tanh().mean());
        return switch (choice.nextInt(8)) {
            case 0 -> images.convolve(kernel, 1, 1, 0, 0);
            case 1 ->
                images.convolveWithBias(kernel, kernel.mean(1, 2, 3), 2, 1, 1, 0)
                        .relu();
            case 2 ->
                images.convolveImages(kernel, new long[] {1, 1, 0, 0}, 5, 5).slice(2, 1, 3);
            case 3 -> images.mul(images).convolve(kernel.square(), 2, 2, 1, 1).mean(2, 3);
            case 4 -> images.largestOfWindows(2, 2, 2, 2);
            case 5 -> images.meansOfWindows(2, 2, 1, 2).flatten();
            case 6 -> images.windows(2, 2, 1, 0).mean(2);
            default ->
                images.permute(0, 2, 3, 1).slice(1, 0, 2).reshape(4, 4, 1).sum(2);
        };
    }

    /** By whole numbers and conditions. */
    Tensor choices(final Tensor x) {
        final Tensor rows = matrix(x);
        final int columns = (int) rows.size(1);
        final Tensor largest = rows.argmax(1);
        return switch (choice.nextInt(7)) {
            case 0 -> rows.logSoftmax(1).nll(largest);
            case 1 -> rows.take(largest, 1);
            case 2 -> largest.toFloat().add(rows.mean(1));
            case 3 -> rows.mul(3).toInt64().toFloat().mul(rows);
            case 4 -> rows.where(rows.lt(rows.meanKeeping(1)), rows.mul(factor()));
            case 5 -> largest.eq(rows.neg().argmax(1)).toFloat().add(rows.max());
            default -> rows.logSoftmax(1).nll(machine.tensor(labels(rows.size(0), columns), rows.size(0)));
        };
    }

    private long[] labels(final long rows, final int columns) {
        final long[] labels = new long[(int) rows];
        Arrays.setAll(labels, i -> numbers.nextInt(columns));
        return labels;
    }

    /** As dropout and noise do it. */
    Tensor noise(final Tensor x) {
        final RandomSource random = new SeededRandom(numbers, () -> machine);
        return switch (choice.nextInt(4)) {
            case 0 -> x.mul(random.mask(0.3, x.shape()));
            case 1 -> x.add(random.normal(x.shape()).mul(0.1));
            case 2 -> x.add(random.uniform(-0.5, 0.5, x.shape()));
            default -> x.rank() == 0 ? x : x.take(random.permutation((int) x.size(0)), 0);
        };
    }

    Tensor normalized(final Tensor x) {
        final Tensor rows = matrix(x);
        final Tensor gamma = rows.max(0).tanh();
        return rows.normalizeColumns(gamma, gamma.mul(factor()), rows.columnMeans(), rows.columnScales(0.1));
    }

    Tensor joined(final Tensor x, final Tensor other) {
        final Tensor rows = matrix(x);
        final Tensor second = fits(rows, other) && Arrays.equals(rows.add(other).shape(), rows.shape())
                ? rows.add(other)
                : rows.mul(other.mean());
        return switch (choice.nextInt(4)) {
            case 0 -> machine.concat(0, rows, second);
            case 1 -> machine.concat(1, second, rows.slice(1, 0, 1), second);
            case 2 -> machine.stack(1, rows, second).sum(choice.nextInt(3));
            default -> machine.stack(0, second, rows).mean(0, 2);
        };
    }
}
