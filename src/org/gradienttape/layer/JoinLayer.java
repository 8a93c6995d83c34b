package org.gradienttape.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.tensor.Tensor;

/** Layers that join the outputs of several others (keras.io/api/layers/merging_layers). */
public sealed interface JoinLayer extends Layer {
    @Override
    Shape outputShape(List<Shape> inputs);

    @Override
    Tensor call(LayerCall call, List<Tensor> inputs);

    @Override
    default Shape outputShape(final Shape input) {
        return outputShape(List.of(input));
    }

    @Override
    default Tensor call(final LayerCall call, final Tensor x) {
        return call(call, List.of(x));
    }

    /** Layers that compute each number from the numbers in the same place; a size of 1 is repeated as often as is needed. */
    sealed interface Elementwise extends JoinLayer {
        @Override
        default MaskingLayer.Use useOfMask() {
            return MaskingLayer.Use.PASSED_ON;
        }

        /** From two inputs. */
        Tensor of(Tensor one, Tensor other);

        /** Most of what Keras takes: any number from 2. */
        @Override
        default Shape outputShape(final List<Shape> inputs) {
            checkCount(this, inputs);
            Shape common = inputs.get(0);
            for (final Shape input : inputs) {
                common = common(this, common, input, inputs);
            }
            return common;
        }

        @Override
        default Tensor call(final LayerCall call, final List<Tensor> inputs) {
            final int rank = inputs.stream().mapToInt(Tensor::rank).max().orElseThrow();
            final BinaryOperator<Tensor> both = this::of;
            return inputs.stream()
                    .map(input -> withAxes(input, rank))
                    .reduce(both)
                    .orElseThrow();
        }
    }

    /** The sum. */
    record Add() implements Elementwise {
        @Override
        public Tensor of(final Tensor one, final Tensor other) {
            return one.add(other);
        }
    }

    /** The first input less the second one. */
    record Subtract() implements Elementwise {
        @Override
        public Shape outputShape(final List<Shape> inputs) {
            if (inputs.size() != 2) {
                throw new InvalidInputException("Subtract takes exactly 2 inputs, but it has " + inputs.size()
                        + ", of the shapes " + Shape.several(inputs) + "; give it two.");
            }
            return Elementwise.super.outputShape(inputs);
        }

        @Override
        public Tensor of(final Tensor one, final Tensor other) {
            return one.sub(other);
        }
    }

    /** The product. */
    record Multiply() implements Elementwise {
        @Override
        public Tensor of(final Tensor one, final Tensor other) {
            return one.mul(other);
        }
    }

    /** The sum, divided by the number of inputs. */
    record Average() implements Elementwise {
        @Override
        public Tensor of(final Tensor one, final Tensor other) {
            return one.add(other);
        }

        @Override
        public Tensor call(final LayerCall call, final List<Tensor> inputs) {
            return Elementwise.super.call(call, inputs).mul(1.0 / inputs.size());
        }
    }

    /** The largest number. */
    record Maximum() implements Elementwise {
        @Override
        public Tensor of(final Tensor one, final Tensor other) {
            return one.maximum(other);
        }
    }

    /** The smallest number. */
    record Minimum() implements Elementwise {
        @Override
        public Tensor of(final Tensor one, final Tensor other) {
            return one.minimum(other);
        }
    }

    /**
     * The inputs behind each other along an axis; along all others they have the same sizes.
     *
     * @param axis counted as Keras does, with the batch as 0, or from the end with -1; Keras' default -1
     */
    record Concatenate(int axis) implements JoinLayer {
        public Concatenate {
            if (axis == 0) {
                throw new InvalidInputException(
                        "Concatenate joins along an axis of the samples, but axis 0 is the batch; choose 1 or more, or"
                                + " -1 for the last axis.");
            }
        }

        public Concatenate() {
            this(-1);
        }

        @Override
        public Shape outputShape(final List<Shape> inputs) {
            checkCount(this, inputs);
            final Shape first = inputs.get(0);
            final int place = place(first.rank());
            if (place < 0 || place >= first.rank()) {
                throw new InvalidInputException("Concatenate should join along axis " + axis
                        + ", but the shapes of its inputs are " + Shape.several(inputs)
                        + ", which have no such axis behind that of the batch; choose another axis.");
            }
            final List<Integer> sizes = new ArrayList<>(first.dimensions());
            long joined = 0;
            for (final Shape input : inputs) {
                final List<Integer> others = new ArrayList<>(input.dimensions());
                if (input.rank() == first.rank()) {
                    joined += others.set(place, first.dimension(place));
                }
                if (!others.equals(first.dimensions()) || joined > Integer.MAX_VALUE) {
                    throw new InvalidInputException("Concatenate along axis " + axis
                            + " needs inputs that differ in the size of that axis alone, but their shapes are "
                            + Shape.several(inputs) + "; change the layers before it.");
                }
            }
            sizes.set(place, (int) joined);
            return new Shape(sizes);
        }

        /** Of the axis in the shape of one sample. */
        private int place(final int rank) {
            return axis < 0 ? rank + axis : axis - 1;
        }

        @Override
        public Tensor call(final LayerCall call, final List<Tensor> inputs) {
            return call.machine().concat(1 + place(inputs.get(0).rank() - 1), inputs.toArray(Tensor[]::new));
        }
    }

    private static void checkCount(final JoinLayer layer, final List<Shape> inputs) {
        if (inputs.size() < 2) {
            throw new InvalidInputException(layer.type() + " joins the outputs of two or more layers, but it has one"
                    + " input, of the shape " + Shape.several(inputs) + "; give it another one.");
        }
    }

    /** Sizes are compared from the last one on; of two that differ, one must be 1. */
    private static Shape common(final Elementwise layer, final Shape one, final Shape other, final List<Shape> all) {
        final List<Integer> sizes = new ArrayList<>();
        for (int i = 1; i <= Math.max(one.rank(), other.rank()); i++) {
            final int a = i <= one.rank() ? one.dimension(one.rank() - i) : 1;
            final int b = i <= other.rank() ? other.dimension(other.rank() - i) : 1;
            if (a != b && a != 1 && b != 1) {
                throw new InvalidInputException(layer.type() + " needs inputs of the same shape, but their shapes are "
                        + Shape.several(all) + "; change the layers before it.");
            }
            sizes.add(0, Math.max(a, b));
        }
        return new Shape(sizes);
    }

    /** Axes of size 1 behind that of the batch, so that it has as many as the others. */
    private static Tensor withAxes(final Tensor input, final int rank) {
        Tensor result = input;
        while (result.rank() < rank) {
            result = result.unsqueeze(1);
        }
        return result;
    }
}
