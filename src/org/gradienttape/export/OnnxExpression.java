package org.gradienttape.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.gradienttape.graph.AnyBatch;
import org.gradienttape.graph.Graph;
import org.gradienttape.graph.TorchConvolution;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Choice;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Normalization;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Pooling;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Reduction;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;

/**
 * How ONNX says each operation, in one node or a few (onnx.ai/onnx/operators, opset 17). What only gradients and losses need
 * has no form here.
 *
 * @param tensor whose expression it is
 * @param in the names of its inputs
 * @param result the name that it gets
 * @param pass knows the sizes that follow from the batch
 * @param nodes take what is written
 */
record OnnxExpression(Tensor tensor, List<String> in, String result, AnyBatch pass, OnnxNodes nodes) {
    /** The name of the samples. */
    static final String INPUT = "input";

    private static final double SQRT_HALF = Math.sqrt(0.5);
    /** Of the approximation of GELU by a hyperbolic tangent. */
    private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);

    private static final double GELU_CUBE = 0.044715;

    /** Of a mean of each column. */
    private static final AttributeProto OFF_ROWS = OnnxNodes.integers("axes", 0);

    private static final AttributeProto FLAT = OnnxNodes.integer("keepdims", 0);

    /** Writes the nodes; the last one gives the result. */
    void write() {
        final Operation operation = tensor.operation();
        if (operation instanceof Arithmetic arithmetic) {
            arithmetic(arithmetic);
        } else if (operation instanceof Function function) {
            function(function);
        } else if (operation instanceof Choice choice) {
            choice(choice);
        } else if (operation instanceof Reduction reduction) {
            reduction(reduction);
        } else if (operation instanceof Form form) {
            form(form);
        } else if (operation instanceof Convolution convolution) {
            convolution(convolution);
        } else if (operation instanceof Pooling pooling) {
            pooling(pooling);
        } else if (operation instanceof Normalization normalization) {
            normalization(normalization);
        } else if (operation == Product.MATMUL) {
            last("MatMul", in);
        } else {
            throw missing();
        }
    }

    /** One number everywhere. */
    void full() {
        if (tensor.rank() == 0) {
            last("Identity", List.of(nodes.number(number())));
        } else {
            last("ConstantOfShape", List.of(shape(pass.shape(tensor))), OnnxNodes.tensorOfOne("value", number()));
        }
    }

    private TensorException missing() {
        return new TensorException(
                "ONNX has no form for the operation " + tensor.operation().spoken() + " of " + Graph.about(tensor));
    }

    private String x() {
        return in.get(0);
    }

    private String y() {
        return in.get(1);
    }

    private double number() {
        return tensor.number(0).value();
    }

    private long a(final int place) {
        return tensor.attribute(place);
    }

    private void last(final String type, final List<String> inputs, final AttributeProto... attributes) {
        nodes.node(result, tensor.place(), type, inputs, attributes);
    }

    private void last(final String type, final String... inputs) {
        last(type, List.of(inputs));
    }

    /** A node on the way to the result; returns its name. */
    private String inner(final String type, final List<String> inputs, final AttributeProto... attributes) {
        return nodes.node(nodes.fresh(result + "_part"), tensor.place(), type, inputs, attributes);
    }

    private String inner(final String type, final String... inputs) {
        return inner(type, List.of(inputs));
    }

    private void arithmetic(final Arithmetic kind) {
        switch (kind) {
            case ADD -> last("Add", in);
            case SUB -> last("Sub", in);
            case MUL -> last("Mul", in);
            case DIV -> last("Div", in);
            case MAXIMUM -> last("Max", in);
            case MINIMUM -> last("Min", in);
            case ADD_NUMBER -> last("Add", x(), nodes.number(number()));
            case MUL_NUMBER -> last("Mul", x(), nodes.number(number()));
            case MAXIMUM_NUMBER -> last("Max", x(), nodes.number(number()));
            case MINIMUM_NUMBER -> last("Min", x(), nodes.number(number()));
            case POW -> last("Pow", x(), nodes.number(number()));
        }
    }

    private void function(final Function kind) {
        switch (kind) {
            case NEG -> last("Neg", in);
            case ABS -> last("Abs", in);
            case SIGN -> last("Sign", in);
            case SQRT -> last("Sqrt", in);
            case EXP -> last("Exp", in);
            case LOG -> last("Log", in);
            case SIN -> last("Sin", in);
            case COS -> last("Cos", in);
            case TANH -> last("Tanh", in);
            case SIGMOID -> last("Sigmoid", in);
            case RELU -> last("Relu", in);
            case LEAKY_RELU -> last("LeakyRelu", in, OnnxNodes.real("alpha", number()));
            case SOFTPLUS -> last("Softplus", in);
            case SILU -> last("Mul", x(), inner("Sigmoid", x()));
            case ELU -> last("Elu", in, OnnxNodes.real("alpha", number()));
            case GELU -> gelu(inner("Erf", inner("Mul", x(), nodes.number(SQRT_HALF))));
            case GELU_TANH -> gelu(inner("Tanh", geluAngle()));
            case COPY, DETACH -> last("Identity", in);
            case TO_FLOAT -> last("Cast", in, OnnxNodes.integer("to", TensorProto.DataType.FLOAT_VALUE));
            case TO_INT64 -> last("Cast", in, OnnxNodes.integer("to", TensorProto.DataType.INT64_VALUE));
        }
    }

    /** x (1 + t) / 2. */
    private void gelu(final String t) {
        final String half = inner("Mul", x(), nodes.number(0.5));
        last("Mul", half, inner("Add", t, nodes.number(1)));
    }

    /** k (x + c x^3). */
    private String geluAngle() {
        final String cube = inner("Mul", inner("Mul", x(), x()), x());
        final String sum = inner("Add", x(), inner("Mul", cube, nodes.number(GELU_CUBE)));
        return inner("Mul", sum, nodes.number(GELU_SCALE));
    }

    private void choice(final Choice kind) {
        switch (kind) {
            case GREATER -> last("Greater", in);
            case LESS -> last("Less", in);
            case EQUAL -> last("Equal", in);
            case AT_LEAST -> last("GreaterOrEqual", in);
            case AT_MOST -> last("LessOrEqual", in);
            case GREATER_NUMBER -> last("Greater", comparable(), nodes.number(number()));
            case LESS_NUMBER -> last("Less", comparable(), nodes.number(number()));
            case EQUAL_NUMBER -> last("Equal", comparable(), nodes.number(number()));
            case AT_LEAST_NUMBER -> last("GreaterOrEqual", comparable(), nodes.number(number()));
            case AT_MOST_NUMBER -> last("LessOrEqual", comparable(), nodes.number(number()));
            case WHERE -> where(in.get(2));
        }
    }

    /** ONNX Runtime chooses between numbers only, not between true and false. */
    private void where(final String condition) {
        if (tensor.type() == NumberType.BOOL) {
            final String other = inner("And", inner("Not", condition), y());
            last("Or", inner("And", condition, x()), other);
        } else {
            last("Where", condition, x(), y());
        }
    }

    /** The input as float numbers, since both sides of a comparison have one type. */
    private String comparable() {
        return tensor.input(0).type() == NumberType.FLOAT32
                ? x()
                : inner("Cast", in, OnnxNodes.integer("to", TensorProto.DataType.FLOAT_VALUE));
    }

    private void reduction(final Reduction kind) {
        switch (kind) {
            case SUM -> last("ReduceSum", List.of(x(), nodes.wholeNumbers(axes())), keepsAxes());
            case MAX -> last("ReduceMax", in, OnnxNodes.integers("axes", axes()), keepsAxes());
            case LOG_SUM_EXP -> last("ReduceLogSumExp", in, OnnxNodes.integers("axes", axes()), keepsAxes());
            case ARGMAX -> last("ArgMax", in, OnnxNodes.integer("axis", a(0)), OnnxNodes.integer("keepdims", 0));
            case SOFTMAX -> last("Softmax", in, OnnxNodes.integer("axis", a(0)));
            case LOG_SOFTMAX -> last("LogSoftmax", in, OnnxNodes.integer("axis", a(0)));
            case NLL -> throw missing();
        }
    }

    private void normalization(final Normalization kind) {
        switch (kind) {
            case NORMALIZE -> {
                final String scaled = inner("Mul", List.of(inner("Sub", List.of(x(), in.get(3))), in.get(4)));
                last("Add", inner("Mul", List.of(scaled, y())), in.get(2));
            }
            case MEANS -> last("ReduceMean", in, OFF_ROWS, FLAT);
            case SCALES -> {
                final String centered = inner("Sub", List.of(x(), inner("ReduceMean", in, OFF_ROWS, FLAT)));
                final String squares = inner("Mul", List.of(centered, centered));
                final String variances = inner("ReduceMean", List.of(squares), OFF_ROWS, FLAT);
                final String sum = inner("Add", List.of(variances, nodes.number(number())));
                last("Reciprocal", inner("Sqrt", List.of(sum)));
            }
            case NORMALIZE_ROWS, NORMALIZE_GAMMA -> throw missing();
        }
    }

    private long[] axes() {
        return Arrays.copyOfRange(tensor.attributes(), 1, tensor.attributes().length);
    }

    private AttributeProto keepsAxes() {
        return OnnxNodes.integer("keepdims", a(0));
    }

    private void form(final Form kind) {
        switch (kind) {
            case EXPAND -> last("Expand", x(), shape(pass.attributes(tensor)));
            case RESHAPE -> last("Reshape", x(), shape(pass.attributes(tensor)));
            case PERMUTE -> last("Transpose", in, OnnxNodes.integers("perm", tensor.attributes()));
            case SLICE -> {
                final long from = (long) number();
                last("Slice", x(), nodes.wholeNumbers(from), nodes.wholeNumbers(from + a(1)), nodes.wholeNumbers(a(0)));
            }
            case PAD -> last("Pad", x(), nodes.wholeNumbers(pads()), nodes.number(number()));
            case CONCAT -> last("Concat", in, OnnxNodes.integer("axis", a(0)));
            case FLIP -> {
                final long[] axes = tensor.attributes();
                last(
                        "Slice",
                        x(),
                        nodes.wholeNumbers(all(axes, -1)),
                        nodes.wholeNumbers(all(axes, Long.MIN_VALUE)),
                        nodes.wholeNumbers(axes),
                        nodes.wholeNumbers(all(axes, -1)));
            }
            case TAKE -> last("Gather", in, OnnxNodes.integer("axis", a(0)));
            case ONE_HOT ->
                last("OneHot", List.of(x(), nodes.wholeNumber(a(0)), nodes.pair(0, 1)), OnnxNodes.integer("axis", -1));
            case PLACE, PUT -> throw missing();
        }
    }

    private static long[] all(final long[] axes, final long value) {
        return LongStream.generate(() -> value).limit(axes.length).toArray();
    }

    /** First before each axis, then behind each. */
    private long[] pads() {
        final int rank = tensor.rank();
        final long[] pads = new long[2 * rank];
        for (int axis = 0; axis < rank; axis++) {
            pads[axis] = a(2 * axis);
            pads[rank + axis] = a(2 * axis + 1);
        }
        return pads;
    }

    /** A shape as whole numbers in a row; those that follow from the batch are computed from the number of samples. */
    private String shape(final List<AnyBatch.Size> sizes) {
        final long[] fixed = sizes.stream().mapToLong(AnyBatch.Size::fixed).toArray();
        if (sizes.stream().allMatch(AnyBatch.Size::isFixed)) {
            return nodes.wholeNumbers(fixed);
        }
        if (tensor.operation() == Form.RESHAPE
                && sizes.stream().filter(size -> !size.isFixed()).count() == 1) {
            return nodes.wholeNumbers(sizes.stream()
                    .mapToLong(size -> size.isFixed() ? size.fixed() : -1) // ONNX works it out
                    .toArray());
        }
        final long[] perSample =
                sizes.stream().mapToLong(AnyBatch.Size::perSample).toArray();
        final String samples =
                inner("Shape", List.of(INPUT), OnnxNodes.integer("start", 0), OnnxNodes.integer("end", 1));
        final String variable = inner("Mul", samples, nodes.wholeNumbers(perSample));
        return inner("Add", variable, nodes.wholeNumbers(fixed));
    }

    private void convolution(final Convolution kind) {
        switch (kind) {
            case CONVOLVE -> last("Conv", in, strides(), padding(a(2), a(3)), dilations(), groups());
            case CONVOLVE_IMAGES ->
                last(
                        "ConvTranspose",
                        in,
                        strides(),
                        padding(a(2), a(3)),
                        dilations(),
                        groups(),
                        OnnxNodes.integers(
                                "output_padding",
                                TorchConvolution.missing(tensor, 0),
                                TorchConvolution.missing(tensor, 1)));
            case ADD_WINDOWS -> addWindowsOfProduct();
            case CONVOLVE_KERNEL, WINDOWS -> throw missing();
        }
    }

    private AttributeProto strides() {
        return OnnxNodes.integers("strides", a(0), a(1));
    }

    private AttributeProto dilations() {
        return OnnxNodes.integers("dilations", a(4), a(5));
    }

    private AttributeProto groups() {
        return OnnxNodes.integer("group", a(6));
    }

    private static AttributeProto padding(final long lines, final long columns) {
        return OnnxNodes.integers("pads", lines, columns, lines, columns);
    }

    /** Whether a product of a matrix and pixels, [batch, channels, pixels], whose windows are added up. */
    static boolean isProductOfWindows(final Tensor tensor) {
        return tensor.operation() == Product.MATMUL
                && tensor.input(0).rank() == 2
                && tensor.input(1).rank() == 3;
    }

    /** To multiply each pixel by a matrix and to add the windows up is a transposed convolution with that matrix. */
    private void addWindowsOfProduct() {
        if (!isProductOfWindows(Graph.settled(tensor.input(0)))) {
            throw missing();
        }
        final Tensor matrix = Graph.settled(tensor.input(0)).input(0);
        final long channels = matrix.size(1);
        final long height = a(4) + 2 * a(2) - a(0) + 1;
        final long width = a(5) + 2 * a(3) - a(1) + 1;
        final long filters = matrix.size(0) / (a(0) * a(1));
        final String turned = inner("Transpose", List.of(x()), OnnxNodes.integers("perm", 1, 0));
        final String kernel = inner("Reshape", turned, nodes.wholeNumbers(channels, filters, a(0), a(1)));
        final String images = inner("Reshape", y(), nodes.wholeNumbers(-1, channels, height, width));
        last("ConvTranspose", List.of(images, kernel), padding(a(2), a(3)));
    }

    private void pooling(final Pooling kind) {
        switch (kind) {
            case LARGEST -> last("MaxPool", in, window());
            case MEANS -> last("AveragePool", in, window());
            case LARGEST_PLACES, TAKE_PLACES, PUT_PLACES, SPREAD_MEANS -> throw missing();
        }
    }

    private AttributeProto[] window() {
        return new AttributeProto[] {
            OnnxNodes.integers("kernel_shape", a(0), a(1)), OnnxNodes.integers("strides", a(2), a(3))
        };
    }
}
