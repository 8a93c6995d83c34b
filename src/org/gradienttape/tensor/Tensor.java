package org.gradienttape.tensor;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Numbers of one kind in a box of any number of axes, as the result of an operation. No operation changes a tensor; each
 * gives a new one.
 *
 * <p>One class for three things that are the same: what a person computes with, a node of the graph that is compiled, and
 * an entry of the tape that gradients are taken from.
 *
 * <p>Shapes are combined as in NumPy: axes are compared from the last one, and an axis of size 1 is repeated. An axis may
 * be given from the end: -1 is the last one.
 *
 * <p>A tensor lives until its step is over and need not be closed. What shall last goes into a {@link Variable} or, as
 * numbers, into fields of Java.
 */
public sealed class Tensor permits Variable {
    private static final Scalar[] NO_NUMBERS = {};
    private static final Tensor[] NO_INPUTS = {};
    private static final long[] NO_ATTRIBUTES = {};

    private final Machine machine;
    private final Operation operation;
    private final long[] attributes;
    private final Scalar[] numbers;
    private final Tensor[] inputs;
    private final NumberType type;
    private final long[] shape;
    private final int id;
    private final String place;
    private final int step;

    Tensor(
            final Machine machine,
            final Operation operation,
            final long[] attributes,
            final Scalar[] numbers,
            final Tensor[] inputs,
            final TensorSpec outline,
            final int id,
            final int step,
            final String place) {
        this.machine = machine;
        this.operation = operation;
        this.attributes = attributes;
        this.numbers = numbers;
        this.inputs = inputs;
        this.type = outline.type();
        this.shape = outline.shape();
        this.id = id;
        this.step = step;
        this.place = place;
    }

    /** The same node at another place. */
    Tensor at(final String about) {
        return new Tensor(
                machine, operation, attributes, numbers, inputs, new TensorSpec(type, shape), id, step, about);
    }

    /** A variable, whose numbers are read in each step. */
    Tensor(final long[] shape) {
        this(null, Source.VARIABLE, NO_ATTRIBUTES, NO_NUMBERS, NO_INPUTS, TensorSpec.floats(shape), -1, -1, "");
    }

    // What it is

    Machine machine() {
        return machine;
    }

    /** The node to compute with: the tensor itself. */
    Tensor current() {
        return this;
    }

    int step() {
        return step;
    }

    /** What made it. */
    public final Operation operation() {
        return operation;
    }

    /** Its number among the tensors of the step; inputs have smaller numbers. */
    public final int id() {
        return id;
    }

    /** The layer or the line of code that it belongs to; empty if that is not known. */
    public final String place() {
        return place;
    }

    public final int inputCount() {
        return inputs.length;
    }

    public final Tensor input(final int place) {
        return inputs[place];
    }

    /** Whole numbers that belong to the operation. */
    public final long[] attributes() {
        return attributes.clone();
    }

    public final long attribute(final int place) {
        return attributes[place];
    }

    public final int numberCount() {
        return numbers.length;
    }

    /** All numbers of the JVM that belong to the operation, as float32. */
    public final float[] numbers() {
        final float[] all = new float[numbers.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) numbers[i].value();
        }
        return all;
    }

    /** A number of the JVM that belongs to the operation. */
    public final Scalar number(final int place) {
        return numbers[place];
    }

    public final NumberType type() {
        return type;
    }

    /** The size of each axis; empty for one number. */
    public final long[] shape() {
        return shape.clone();
    }

    /** The shape itself, not to be changed. */
    final long[] sizes() {
        return shape;
    }

    /** The size of one axis. */
    public final long size(final int axis) {
        return shape[Shapes.axis(shape, axis)];
    }

    /** How many axes there are. */
    public final int rank() {
        return shape.length;
    }

    /** How many numbers there are. */
    public final long size() {
        return Shapes.size(shape);
    }

    final void needsFloats() {
        if (type != NumberType.FLOAT32) {
            throw new TensorException("float numbers are needed, but these are " + type + "; use toFloat()");
        }
    }

    @Override
    public String toString() {
        return operation.spoken() + " " + Shapes.text(shape);
    }

    // Its numbers on the JVM

    /** The only number, also of whole numbers. Waits until it is computed. */
    public final double item() {
        if (size() != 1) {
            throw new TensorException("item() needs one number, but the shape is " + Shapes.text(shape));
        }
        return type == NumberType.FLOAT32 ? toFloatArray()[0] : toLongArray()[0];
    }

    /** All numbers, row by row. */
    public final float[] toFloatArray() {
        needsFloats();
        final Tensor node = current();
        return node.machine.floatsFor(node);
    }

    /** All whole numbers, row by row; 1 for true. */
    public final long[] toLongArray() {
        final Tensor node = type == NumberType.INT64 ? current() : toInt64();
        return node.machine.longsFor(node);
    }

    // Building blocks of the operations

    private Tensor one(final Operation kind) {
        return machine().apply(kind, NO_ATTRIBUTES, NO_NUMBERS, this);
    }

    private Tensor two(final Operation kind, final Tensor other) {
        return machine().apply(kind, NO_ATTRIBUTES, NO_NUMBERS, this, other);
    }

    private Tensor with(final Operation kind, final Scalar number) {
        return machine().apply(kind, NO_ATTRIBUTES, new Scalar[] {number}, this);
    }

    private Tensor along(final Operation kind, final long... values) {
        return machine().apply(kind, values, NO_NUMBERS, this);
    }

    final Tensor compare(final Choice kind, final Scalar number) {
        return with(kind, number);
    }

    /** A derivative whose upstream gradient this is. */
    final Tensor derived(final Operation kind, final Tensor of) {
        return two(kind, of);
    }

    final Tensor derived(final Operation kind, final Tensor of, final Scalar number) {
        return machine().apply(kind, NO_ATTRIBUTES, new Scalar[] {number}, this, of);
    }

    final Tensor derived(final Operation kind, final Tensor of, final int axis) {
        return machine().apply(kind, new long[] {axis}, NO_NUMBERS, this, of);
    }

    /** One number everywhere, on this tensor's machine. */
    final Tensor filled(final double value, final long[] sizes) {
        return machine().full(value, sizes);
    }

    // Number by number

    public final Tensor add(final Tensor other) {
        return two(Arithmetic.ADD, other);
    }

    public final Tensor add(final double other) {
        return with(Arithmetic.ADD_NUMBER, Scalar.of(other));
    }

    public final Tensor sub(final Tensor other) {
        return two(Arithmetic.SUB, other);
    }

    public final Tensor sub(final double other) {
        return add(-other);
    }

    /** Number by number; for matrices see {@link #matmul}. */
    public final Tensor mul(final Tensor other) {
        return two(Arithmetic.MUL, other);
    }

    public final Tensor mul(final double other) {
        return mul(Scalar.of(other));
    }

    final Tensor mul(final Scalar other) {
        return with(Arithmetic.MUL_NUMBER, other);
    }

    public final Tensor div(final Tensor other) {
        return two(Arithmetic.DIV, other);
    }

    public final Tensor div(final double other) {
        return mul(1 / other);
    }

    public final Tensor pow(final double exponent) {
        return pow(Scalar.of(exponent));
    }

    final Tensor pow(final Scalar exponent) {
        return with(Arithmetic.POW, exponent);
    }

    public final Tensor neg() {
        return one(Function.NEG);
    }

    public final Tensor abs() {
        return one(Function.ABS);
    }

    /** -1, 0 or 1. */
    public final Tensor sign() {
        return one(Function.SIGN);
    }

    public final Tensor square() {
        return mul(this);
    }

    public final Tensor sqrt() {
        return one(Function.SQRT);
    }

    public final Tensor exp() {
        return one(Function.EXP);
    }

    /** The natural logarithm. */
    public final Tensor log() {
        return one(Function.LOG);
    }

    public final Tensor sin() {
        return one(Function.SIN);
    }

    public final Tensor cos() {
        return one(Function.COS);
    }

    public final Tensor tanh() {
        return one(Function.TANH);
    }

    /** 1 / (1 + exp(-x)). */
    public final Tensor sigmoid() {
        return one(Function.SIGMOID);
    }

    /** max(x, 0). */
    public final Tensor relu() {
        return one(Function.RELU);
    }

    /**
     * x above 0, slope * x below.
     *
     * @param slope at least 0
     */
    public final Tensor leakyRelu(final double slope) {
        if (!(slope >= 0)) {
            throw new TensorException("leakyRelu needs a slope of at least 0, but it is " + slope);
        }
        return with(Function.LEAKY_RELU, Scalar.of(slope));
    }

    /** x above 0, alpha * (exp(x) - 1) below. */
    public final Tensor elu(final double alpha) {
        return with(Function.ELU, Scalar.of(alpha));
    }

    /** x times the normal distribution's cumulative probability of x. */
    public final Tensor gelu() {
        return one(Function.GELU);
    }

    /** gelu, approximated with a hyperbolic tangent. */
    public final Tensor geluByTanh() {
        return one(Function.GELU_TANH);
    }

    /** x * sigmoid(x). */
    public final Tensor silu() {
        return one(Function.SILU);
    }

    /** log(1 + exp(x)), without overflow. */
    public final Tensor softplus() {
        return one(Function.SOFTPLUS);
    }

    /** The larger of both. */
    public final Tensor maximum(final Tensor other) {
        return two(Arithmetic.MAXIMUM, other);
    }

    public final Tensor maximum(final double other) {
        return with(Arithmetic.MAXIMUM_NUMBER, Scalar.of(other));
    }

    /** The smaller of both. */
    public final Tensor minimum(final Tensor other) {
        return two(Arithmetic.MINIMUM, other);
    }

    public final Tensor minimum(final double other) {
        return with(Arithmetic.MINIMUM_NUMBER, Scalar.of(other));
    }

    /** Not below low, not above high: {@code keras.ops.clip}, {@code torch.clamp}. */
    public final Tensor clip(final double low, final double high) {
        return maximum(low).minimum(high);
    }

    // Kinds of numbers

    /** As float32; true becomes 1. */
    public final Tensor toFloat() {
        return type == NumberType.FLOAT32 ? current() : one(Function.TO_FLOAT);
    }

    /** As int64; fractions are cut off. */
    public final Tensor toInt64() {
        return type == NumberType.INT64 ? current() : one(Function.TO_INT64);
    }

    /** The same numbers as a constant, which no gradient passes: {@code tf.stop_gradient}. */
    public final Tensor detach() {
        return one(Function.DETACH);
    }

    /** The same numbers row by row in memory of their own. */
    public final Tensor contiguous() {
        return one(Function.COPY);
    }

    // Comparisons

    /** Where it is greater; comparisons give true and false, see {@link #toFloat}. */
    public final Tensor gt(final Tensor other) {
        return two(Choice.GREATER, other);
    }

    public final Tensor gt(final double other) {
        return with(Choice.GREATER_NUMBER, Scalar.of(other));
    }

    /** Where it is less. */
    public final Tensor lt(final Tensor other) {
        return two(Choice.LESS, other);
    }

    public final Tensor lt(final double other) {
        return with(Choice.LESS_NUMBER, Scalar.of(other));
    }

    /** Where it is greater or equal. */
    public final Tensor ge(final Tensor other) {
        return two(Choice.AT_LEAST, other);
    }

    public final Tensor ge(final double other) {
        return with(Choice.AT_LEAST_NUMBER, Scalar.of(other));
    }

    /** Where it is less or equal. */
    public final Tensor le(final Tensor other) {
        return two(Choice.AT_MOST, other);
    }

    public final Tensor le(final double other) {
        return with(Choice.AT_MOST_NUMBER, Scalar.of(other));
    }

    /** Where both are equal. */
    public final Tensor eq(final Tensor other) {
        return two(Choice.EQUAL, other);
    }

    public final Tensor eq(final double other) {
        return with(Choice.EQUAL_NUMBER, Scalar.of(other));
    }

    /** Where both conditions are true. */
    public final Tensor and(final Tensor other) {
        needsConditions(other);
        return where(other, other);
    }

    /** Where one of the conditions is true, or both are. */
    public final Tensor or(final Tensor other) {
        needsConditions(other);
        return where(this, other);
    }

    /** Where the condition is not true. */
    public final Tensor not() {
        needsConditions(this);
        return eq(0);
    }

    private void needsConditions(final Tensor other) {
        if (type != NumberType.BOOL || other != null && other.type != NumberType.BOOL) {
            throw new TensorException("true and false are needed, such as comparisons give, but this is "
                    + (type == NumberType.BOOL ? other.type : type));
        }
    }

    /** Its own numbers where the condition is true, those of the other elsewhere; of two kinds, all become float numbers. */
    public final Tensor where(final Tensor condition, final Tensor otherwise) {
        return otherwise == null || otherwise.type == type
                ? machine().apply(Choice.WHERE, this, otherwise, condition)
                : toFloat().where(condition, otherwise.toFloat());
    }

    // Along axes

    private Tensor reduce(final Operation kind, final boolean keeping, final int... axes) {
        if (axes.length == 0 && rank() > 0) { // engines take that for all axes
            needsFloats();
            return contiguous();
        }
        final long[] values = new long[axes.length + 1];
        values[0] = keeping ? 1 : 0;
        System.arraycopy(Shapes.axes(shape, axes), 0, values, 1, axes.length);
        return along(kind, values);
    }

    private int[] allAxes() {
        final int[] axes = new int[shape.length];
        Arrays.setAll(axes, axis -> axis);
        return axes;
    }

    /** The sum of all numbers, shape []. */
    public final Tensor sum() {
        return sum(allAxes());
    }

    /** Sums over these axes, which go away; over none it is the tensor itself. */
    public final Tensor sum(final int... axes) {
        return reduce(Reduction.SUM, false, axes);
    }

    /** Sums over these axes, which stay with size 1. */
    public final Tensor sumKeeping(final int... axes) {
        return reduce(Reduction.SUM, true, axes);
    }

    /** The sum over all that was repeated, if a tensor of this one's shape was made of the other. */
    final Tensor sumTo(final Tensor other) {
        final long[] to = other.sizes();
        if (Arrays.equals(shape, to)) {
            return this;
        }
        final int lead = shape.length - to.length;
        final int[] axes = IntStream.range(0, shape.length)
                .filter(axis -> axis < lead || to[axis - lead] != shape[axis])
                .toArray();
        return sum(axes).reshape(to);
    }

    /** The mean of all numbers, shape []. */
    public final Tensor mean() {
        return sum().mul(1.0 / size());
    }

    public final Tensor mean(final int... axes) {
        return sum(axes).mul(1.0 / count(axes));
    }

    /** Means over these axes, which stay with size 1. */
    public final Tensor meanKeeping(final int... axes) {
        return sumKeeping(axes).mul(1.0 / count(axes));
    }

    private long count(final int... axes) {
        long count = 1;
        for (final int axis : axes) {
            count *= size(axis);
        }
        return count;
    }

    /** The largest number, shape []. */
    public final Tensor max() {
        return max(allAxes());
    }

    /** The largest numbers over these axes, which go away; equal ones share the gradient. */
    public final Tensor max(final int... axes) {
        return reduce(Reduction.MAX, false, axes);
    }

    /** The smallest number, shape []. */
    public final Tensor min() {
        return neg().max().neg();
    }

    public final Tensor min(final int... axes) {
        return neg().max(axes).neg();
    }

    /** Where the largest number of the axis is, int64; the axis goes away. */
    public final Tensor argmax(final int axis) {
        return along(Reduction.ARGMAX, Shapes.axis(shape, axis));
    }

    /** The square root of the sum of squares, shape []. */
    public final Tensor norm() {
        return square().sum().sqrt();
    }

    /** exp(x), divided by its sum over the axis. */
    public final Tensor softmax(final int axis) {
        return along(Reduction.SOFTMAX, Shapes.axis(shape, axis));
    }

    /** log of the softmax, without overflow. */
    public final Tensor logSoftmax(final int axis) {
        return along(Reduction.LOG_SOFTMAX, Shapes.axis(shape, axis));
    }

    /** log of the sum of exp over the axis, which goes away, without overflow. */
    public final Tensor logsumexp(final int axis) {
        return reduce(Reduction.LOG_SUM_EXP, false, axis);
    }

    /**
     * The mean of -x[row, label], where this holds logarithms of probabilities, [rows, classes].
     *
     * @param labels [rows], int64
     */
    public final Tensor nll(final Tensor labels) {
        return two(Reduction.NLL, labels);
    }

    /** The gradient of nll, whose upstream gradient, shape [], this is. */
    final Tensor nllBackward(final Tensor logarithms, final Tensor labels) {
        return machine()
                .apply(Derivative.NLL_BACKWARD, this, logarithms, labels, filled(logarithms.size(0), new long[0]));
    }

    // Arrangement

    /** Axes of size 1 repeated to this shape. */
    public final Tensor expand(final long... to) {
        return Arrays.equals(to, shape) ? current() : along(Form.EXPAND, to.clone());
    }

    /** The same numbers in another shape; one size may be -1, which is then computed. */
    public final Tensor reshape(final long... to) {
        final long[] sizes = to.clone();
        int open = -1;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == -1 && open < 0) {
                sizes[i] = 1;
                open = i;
            } else if (sizes[i] < 0) {
                throw new TensorException(
                        "reshape needs sizes of at least 0, of which one may be -1, but they are " + Shapes.text(to));
            }
        }
        if (open >= 0) {
            final long others = Math.max(1, Shapes.size(sizes));
            if (size() % others != 0) {
                throw new TensorException("reshape: the " + size() + " numbers of the shape " + Shapes.text(shape)
                        + " do not fill the shape " + Shapes.text(to));
            }
            sizes[open] = size() / others;
        }
        return Arrays.equals(sizes, shape) ? current() : along(Form.RESHAPE, sizes);
    }

    /** [first axis, all others in one]: Keras' Flatten. */
    public final Tensor flatten() {
        return reshape(size(0), Shapes.size(Shapes.without(shape, 0)));
    }

    /** Axes in another order: {@code tf.transpose(x, perm)}, {@code torch.permute}. */
    public final Tensor permute(final int... axes) {
        return along(
                Form.PERMUTE,
                Arrays.stream(axes)
                        .asLongStream()
                        .map(axis -> axis < 0 ? axis + rank() : axis)
                        .toArray());
    }

    /** The last two axes in turned order. */
    public final Tensor transpose() {
        final int[] axes = allAxes();
        if (axes.length < 2) {
            throw new TensorException("transpose needs two axes or more, but the shape is " + Shapes.text(shape));
        }
        axes[axes.length - 1] = axes.length - 2;
        axes[axes.length - 2] = axes.length - 1;
        return permute(axes);
    }

    /** Puts an axis of size 1 at this place: {@code tf.expand_dims}. */
    public final Tensor unsqueeze(final int axis) {
        final int place = axis < 0 ? axis + shape.length + 1 : axis;
        if (place < 0 || place > shape.length) {
            throw new TensorException("the shape " + Shapes.text(shape) + " has no place for an axis " + axis);
        }
        return reshape(Shapes.with(shape, place, 1));
    }

    /** Takes an axis of size 1 away. */
    public final Tensor squeeze(final int axis) {
        final int place = Shapes.axis(shape, axis);
        if (shape[place] != 1) {
            throw new TensorException("squeeze needs an axis of size 1, but axis " + axis + " of the shape "
                    + Shapes.text(shape) + " has the size " + shape[place]);
        }
        return reshape(Shapes.without(shape, place));
    }

    /** The entries from (included) to (not included) along an axis: x[from:to]. */
    public final Tensor slice(final int axis, final long from, final long to) {
        if (from < 0 || to < from || to > size(axis)) {
            throw new TensorException("slice needs places from 0 to " + size(axis) + " of axis " + axis
                    + " of the shape " + Shapes.text(shape) + ", but they are " + from + " and " + to);
        }
        return to - from == size(axis) ? current() : slice(Shapes.axis(shape, axis), Scalar.of(from), to - from);
    }

    final Tensor slice(final int axis, final Scalar from, final long length) {
        return machine().apply(Form.SLICE, new long[] {axis, length}, new Scalar[] {from}, this);
    }

    final Tensor place(final int axis, final Scalar from, final long size) {
        return machine().apply(Form.PLACE, new long[] {axis, size}, new Scalar[] {from}, this);
    }

    /**
     * More entries at the ends of the axes.
     *
     * @param value that they hold
     * @param pairs for each axis how many before it and after it
     */
    public final Tensor pad(final double value, final long... pairs) {
        if (Arrays.stream(pairs).anyMatch(lines -> lines < 0)) {
            throw new TensorException("pad adds at least 0 entries before and after each axis, but these are "
                    + Arrays.toString(pairs) + "; take entries away with slice");
        }
        return Arrays.stream(pairs).allMatch(lines -> lines == 0)
                ? current()
                : machine().apply(Form.PAD, pairs.clone(), new Scalar[] {Scalar.of(value)}, this);
    }

    /** The order of these axes turned round. */
    public final Tensor flip(final int... axes) {
        return along(Form.FLIP, Shapes.axes(shape, axes));
    }

    /**
     * The entries at these places of an axis: {@code tf.gather(x, indices, axis)}, {@code torch.index_select}.
     *
     * @param indices [any number], int64
     */
    public final Tensor take(final Tensor indices, final int axis) {
        return machine().apply(Form.TAKE, new long[] {Shapes.axis(shape, axis)}, NO_NUMBERS, this, indices);
    }

    /** Zeros of this size along an axis, to which the entries of this are added at the places. */
    final Tensor put(final Tensor indices, final int axis, final long size) {
        return machine().apply(Form.PUT, new long[] {axis, size}, NO_NUMBERS, this, indices);
    }

    /**
     * 1 at the place that each whole number says, 0 elsewhere.
     *
     * @param classes size of the new last axis
     * @return float32
     */
    public final Tensor oneHot(final int classes) {
        return along(Form.ONE_HOT, classes);
    }

    // Products, convolutions, pooling

    /**
     * The matrix product of the last two axes.
     *
     * @param other [.., columns of this, columns]
     * @return [.., rows of this, columns]
     */
    public final Tensor matmul(final Tensor other) {
        return two(Product.MATMUL, other);
    }

    /**
     * Slides filters over images [batch, channels, height, width].
     *
     * @param kernel [filters, channels, height, width]; of groups, the channels of one group
     * @param geometry strides downwards and to the right, lines of zeros at top and bottom, and left and right; then, if
     *     they are not 1, how far apart the pixels of a window are downwards and to the right, and the number of groups
     */
    public final Tensor convolve(final Tensor kernel, final long... geometry) {
        return machine().apply(Convolution.CONVOLVE, whole(geometry), NO_NUMBERS, this, kernel);
    }

    /** The same with a bias, [filters]. */
    public final Tensor convolveWithBias(final Tensor kernel, final Tensor bias, final long... geometry) {
        return machine().apply(Convolution.CONVOLVE, whole(geometry), NO_NUMBERS, this, kernel, bias);
    }

    /**
     * The transposed convolution of images [batch, filters, height, width]: the gradient of {@link #convolve} by its images.
     *
     * @param kernel [filters, channels, height, width]
     * @param geometry of the convolution
     * @param height of the result
     * @param width of the result
     */
    public final Tensor convolveImages(
            final Tensor kernel, final long[] geometry, final long height, final long width) {
        return machine().apply(Convolution.CONVOLVE_IMAGES, sized(geometry, height, width), NO_NUMBERS, this, kernel);
    }

    /** The same with a bias, [channels]. */
    public final Tensor convolveImagesWithBias(
            final Tensor kernel, final Tensor bias, final long[] geometry, final long height, final long width) {
        return machine()
                .apply(Convolution.CONVOLVE_IMAGES, sized(geometry, height, width), NO_NUMBERS, this, kernel, bias);
    }

    private static long[] sized(final long[] geometry, final long height, final long width) {
        final long[] values = Arrays.copyOf(whole(geometry), Convolution.GEOMETRY + 2);
        values[Convolution.GEOMETRY] = height;
        values[Convolution.GEOMETRY + 1] = width;
        return values;
    }

    /** What is left away is 1. */
    private static long[] whole(final long... geometry) {
        final long[] values = Arrays.copyOf(numbered(4, geometry), Convolution.GEOMETRY);
        for (int i = geometry.length; i < values.length; i++) {
            values[i] = 1;
        }
        if (Math.min(values[0], values[1]) < 1 || Math.min(values[2], values[3]) < 0) {
            throw new TensorException("a convolution needs strides of at least 1, then lines of zeros, but it got "
                    + Arrays.toString(geometry));
        }
        if (Math.min(values[4], values[5]) < 1 || values[6] < 1) {
            throw new TensorException(
                    "the pixels of a convolution's window lie at least 1 apart, in at least 1 group, but it got "
                            + Arrays.toString(geometry));
        }
        return values;
    }

    /** The numbers, if there are as many at least. */
    private static long[] numbered(final int count, final long... geometry) {
        if (geometry.length < count) {
            throw new TensorException("windows need " + count + " numbers that say how they lie, but these are "
                    + Arrays.toString(geometry));
        }
        return geometry.clone();
    }

    final Tensor convolveKernel(final Tensor gradient, final Tensor kernel, final long[] geometry) {
        return machine().apply(Convolution.CONVOLVE_KERNEL, whole(geometry), NO_NUMBERS, this, gradient, kernel);
    }

    /**
     * The windows of images as columns, at stride 1: [batch, channels x window, windows].
     *
     * @param geometry height and width of the window, lines of zeros at top and bottom, and left and right
     */
    public final Tensor windows(final long... geometry) {
        final long[] values = Arrays.copyOf(numbered(4, geometry), 6);
        values[4] = size(2);
        values[5] = size(3);
        return along(Convolution.WINDOWS, values);
    }

    /**
     * Adds windows up to images: the gradient of {@link #windows}.
     *
     * @param geometry as there, then height and width of the images
     */
    public final Tensor addWindows(final long... geometry) {
        return along(Convolution.ADD_WINDOWS, numbered(6, geometry));
    }

    /**
     * Each column of a matrix, [rows, columns], with mean 0 and variance 1, then times gamma, plus beta: batch normalization.
     *
     * @param gamma [columns]
     * @param beta [columns]
     * @param means {@link #columnMeans} of the same matrix; that they follow from it is part of the gradient by the matrix
     * @param scales {@link #columnScales} of the same matrix, likewise
     */
    public final Tensor normalizeColumns(
            final Tensor gamma, final Tensor beta, final Tensor means, final Tensor scales) {
        return machine().apply(Normalization.NORMALIZE, this, gamma, beta, means, scales);
    }

    /** The mean of each column of a matrix, [rows, columns]. */
    public final Tensor columnMeans() {
        return one(Normalization.MEANS);
    }

    /** 1 / sqrt(variance + epsilon) of each column of a matrix, [rows, columns]; the variance divides by the number of rows. */
    public final Tensor columnScales(final double epsilon) {
        return with(Normalization.SCALES, Scalar.of(epsilon));
    }

    /** The gradient of normalized columns by the matrix x, whose upstream gradient this is. */
    final Tensor normalizeRows(final Tensor x, final Tensor gamma, final Tensor means, final Tensor scales) {
        return machine().apply(Normalization.NORMALIZE_ROWS, NO_ATTRIBUTES, NO_NUMBERS, this, x, gamma, means, scales);
    }

    /** The gradient of normalized columns by gamma, whose upstream gradient this is. */
    final Tensor normalizeGamma(final Tensor x, final Tensor means, final Tensor scales) {
        return machine().apply(Normalization.NORMALIZE_GAMMA, NO_ATTRIBUTES, NO_NUMBERS, this, x, means, scales);
    }

    /**
     * The largest number of each window of images [batch, channels, height, width].
     *
     * @param geometry height and width of the window, strides downwards and to the right
     */
    public final Tensor largestOfWindows(final long... geometry) {
        return along(Pooling.LARGEST, numbered(4, geometry));
    }

    final Tensor placesOfLargest(final long... geometry) {
        return along(Pooling.LARGEST_PLACES, geometry);
    }

    final Tensor takePlaces(final Tensor places) {
        return two(Pooling.TAKE_PLACES, places);
    }

    final Tensor putPlaces(final Tensor places, final long height, final long width) {
        return machine().apply(Pooling.PUT_PLACES, new long[] {height, width}, NO_NUMBERS, this, places);
    }

    /** The mean of each window; the geometry is that of {@link #largestOfWindows}. */
    public final Tensor meansOfWindows(final long... geometry) {
        return along(Pooling.MEANS, numbered(4, geometry));
    }

    final Tensor spreadMeans(final Tensor images, final long[] geometry) {
        return machine().apply(Pooling.SPREAD_MEANS, geometry, NO_NUMBERS, this, images);
    }
}
