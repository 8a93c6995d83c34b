package org.gradienttape.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Choice;
import org.gradienttape.tensor.Convolution;
import org.gradienttape.tensor.Derivative;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Normalization;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Pooling;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Reduction;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Tensor;

/**
 * How TorchScript says each operation.
 *
 * @param tensor whose expression it is
 * @param in the names of its inputs
 * @param numbers of the JVM
 * @param target what the program is for
 * @param sizes how it says sizes that may follow from the batch
 */
public record TorchExpression(
        Tensor tensor, List<String> in, List<Scalar> numbers, TorchWriter.Target target, Sizes sizes) {
    /** float32. */
    public static final int SINGLE = 6;
    /** float64, for tests of gradients. */
    public static final int DOUBLE = 7;

    private static final int INT64 = 4;

    /** libtorch leaves a sample of this label out of the loss, but here all count; by itself it does so with -100. */
    private static final long NO_LABEL = -Long.MAX_VALUE;

    /** The engine would compute these elsewhere and copy them where they are wanted. */
    private static final Set<Operation> COPIED = Set.of(Arithmetic.ADD_NUMBER, Arithmetic.MUL_NUMBER, Function.RELU);

    /** How a program says sizes. */
    public interface Sizes {
        /** As they are. */
        Sizes LITERAL = new Sizes() {
            @Override
            public List<String> attributes(final Tensor tensor) {
                return texts(tensor.attributes());
            }

            @Override
            public List<String> shape(final Tensor tensor) {
                return texts(tensor.shape());
            }

            private static List<String> texts(final long[] numbers) {
                return Arrays.stream(numbers).mapToObj(Long::toString).toList();
            }
        };

        /** The whole numbers of an operation. */
        List<String> attributes(Tensor tensor);

        /** The size of each axis. */
        List<String> shape(Tensor tensor);
    }

    /** Whether there is a form that writes over the first input. */
    static boolean hasInPlaceForm(final Operation operation) {
        return operation instanceof Arithmetic arithmetic
                        && switch (arithmetic) {
                            case ADD, SUB, MUL, DIV, ADD_NUMBER, MUL_NUMBER -> true;
                            default -> false;
                        }
                || operation instanceof Function function
                        && switch (function) {
                            case NEG, ABS, SQRT, EXP, LOG, SIN, COS, TANH, SIGMOID, RELU, LEAKY_RELU -> true;
                            default -> false;
                        }
                || operation instanceof Derivative derivative
                        && switch (derivative) {
                            case RELU_BACKWARD, LEAKY_RELU_BACKWARD, TANH_BACKWARD, SIGMOID_BACKWARD -> true;
                            default -> false;
                        };
    }

    /** Whether there is a form that writes the result where it is told to. */
    static boolean hasOutForm(final Tensor tensor) {
        final Operation operation = tensor.operation();
        return hasInPlaceForm(operation) && !COPIED.contains(operation)
                || operation == Arithmetic.MAXIMUM
                || operation == Arithmetic.MINIMUM
                || operation == Product.MATMUL && isOfMatrices(tensor)
                || operation == Reduction.SUM && tensor.rank() > 0
                || operation == Form.CONCAT;
    }

    private static boolean isOfMatrices(final Tensor product) {
        return product.input(0).rank() == 2 && product.input(1).rank() == 2;
    }

    /**
     * The expression, with a result that is written where it is told to.
     *
     * @param place a tensor of the result's shape
     */
    String into(final String place) {
        if (tensor.operation() == Function.TO_FLOAT) {
            return call("copy_", place, x());
        }
        return tensor.operation() instanceof Derivative derivative
                ? derivative(derivative, ", grad_input=" + place)
                : into(text(false), place);
    }

    /** A square root without MKL, right to the last bits. */
    String root(final boolean inPlace) {
        return call("reciprocal_", call(inPlace ? "rsqrt_" : "rsqrt", x()));
    }

    /** A call that writes its result there. */
    static String into(final String call, final String place) {
        return call.substring(0, call.length() - 1) + ", out=" + place + ")";
    }

    /**
     * The expression.
     *
     * @param inPlace whether the result is written over the first input
     */
    public String text(final boolean inPlace) {
        final Operation operation = tensor.operation();
        final String end = inPlace ? "_" : "";
        if (operation instanceof Arithmetic arithmetic) {
            return arithmetic(arithmetic, end);
        }
        if (operation instanceof Function function) {
            return function(function, end);
        }
        if (operation instanceof Derivative derivative) {
            return derivative(derivative, inPlace ? ", grad_input=" + x() : "");
        }
        if (operation instanceof Choice choice) {
            return choice(choice);
        }
        if (operation instanceof Reduction reduction) {
            return reduction(reduction);
        }
        if (operation instanceof Form form) {
            return form(form);
        }
        if (operation instanceof Convolution convolution) {
            return convolution(convolution);
        }
        if (operation instanceof Pooling pooling) {
            return pooling(pooling);
        }
        if (operation instanceof Normalization normalization) {
            return normalization(normalization);
        }
        if (operation == Product.MATMUL) {
            return call(isOfMatrices(tensor) ? "mm" : "matmul", x(), y());
        }
        throw new IllegalStateException("no expression stands for " + operation);
    }

    private String x() {
        return in.get(0);
    }

    private String y() {
        return in.get(1);
    }

    private String number() {
        return numbers.get(0).toString();
    }

    private long a(final int place) {
        return tensor.attribute(place);
    }

    static String call(final String function, final Object... arguments) {
        return Arrays.stream(arguments)
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "torch." + function + "(", ")"));
    }

    static String list(final long... numbers) {
        return Arrays.toString(numbers);
    }

    private String arithmetic(final Arithmetic kind, final String end) {
        return switch (kind) {
            case ADD -> call("add" + end, x(), y());
            case SUB -> call("sub" + end, x(), y());
            case MUL -> call("mul" + end, x(), y());
            case DIV -> call("div" + end, x(), y());
            case MAXIMUM -> call("maximum", x(), y());
            case MINIMUM -> call("minimum", x(), y());
            case ADD_NUMBER -> call("add" + end, x(), number());
            case MUL_NUMBER -> call("mul" + end, x(), number());
            case MAXIMUM_NUMBER -> call("clamp", x(), number(), "None");
            case MINIMUM_NUMBER -> call("clamp", x(), "None", number());
            case POW -> call("pow", x(), number());
        };
    }

    private String function(final Function kind, final String end) {
        return switch (kind) {
            case NEG, ABS, SIGN, SQRT, EXP, LOG, SIN, COS, TANH, SIGMOID, RELU, SILU -> call(kind.spoken() + end, x());
            case LEAKY_RELU -> call("leaky_relu" + end, x(), number());
            case SOFTPLUS -> call("softplus", x(), 1, 20);
            case ELU -> call("elu", x(), number(), "1.", "1.");
            case GELU -> call("gelu", x(), "approximate=\"none\"");
            case GELU_TANH -> call("gelu", x(), "approximate=\"tanh\"");
            case COPY -> call("contiguous", x());
            case DETACH -> x();
            case TO_FLOAT -> call("to", x(), target.dtype());
            case TO_INT64 -> call("to", x(), INT64);
        };
    }

    private String derivative(final Derivative kind, final String end) {
        return switch (kind) {
            case RELU_BACKWARD -> call("threshold_backward", x(), y(), 0 + end);
            case LEAKY_RELU_BACKWARD -> call("leaky_relu_backward", x(), y(), number(), "True" + end);
            case TANH_BACKWARD -> call("tanh_backward", x(), y() + end);
            case SIGMOID_BACKWARD -> call("sigmoid_backward", x(), y() + end);
            case SILU_BACKWARD -> call("silu_backward", x(), y());
            case ELU_BACKWARD -> call("elu_backward", x(), number(), "1.", "1.", "False", y());
            case GELU_BACKWARD -> call("gelu_backward", x(), y(), "approximate=\"none\"");
            case GELU_TANH_BACKWARD -> call("gelu_backward", x(), y(), "approximate=\"tanh\"");
            case SOFTMAX_BACKWARD -> call("_softmax_backward_data", x(), y(), a(0), target.dtype());
            case LOG_SOFTMAX_BACKWARD -> call("_log_softmax_backward_data", x(), y(), a(0), target.dtype());
            case NLL_BACKWARD -> call("nll_loss_backward", x(), y(), in.get(2), "None", 1, NO_LABEL, in.get(3));
        };
    }

    private String choice(final Choice kind) {
        return switch (kind) {
            case GREATER -> call("gt", x(), y());
            case LESS -> call("lt", x(), y());
            case EQUAL -> call("eq", x(), y());
            case AT_LEAST -> call("ge", x(), y());
            case AT_MOST -> call("le", x(), y());
            case GREATER_NUMBER -> call("gt", x(), number());
            case LESS_NUMBER -> call("lt", x(), number());
            case EQUAL_NUMBER -> call("eq", x(), number());
            case AT_LEAST_NUMBER -> call("ge", x(), number());
            case AT_MOST_NUMBER -> call("le", x(), number());
            case WHERE -> call("where", in.get(2), x(), y());
        };
    }

    private String reduction(final Reduction kind) {
        final long[] attributes = tensor.attributes();
        final String axes = list(Arrays.copyOfRange(attributes, Math.min(1, attributes.length), attributes.length));
        final String keeping = attributes.length > 0 && a(0) == 1 ? "True" : "False";
        return switch (kind) {
            case SUM -> tensor.rank() == 0 ? call("sum", x()) : call("sum", x(), axes, keeping);
            case MAX -> call("amax", x(), axes, keeping);
            case LOG_SUM_EXP -> call("logsumexp", x(), axes, keeping);
            case ARGMAX -> call("argmax", x(), a(0));
            case SOFTMAX -> call("softmax", x(), a(0));
            case LOG_SOFTMAX -> call("log_softmax", x(), a(0));
            case NLL -> call("nll_loss_forward", x(), y(), "None", 1, NO_LABEL) + "[0]";
        };
    }

    private String form(final Form kind) {
        return switch (kind) {
            case EXPAND -> call("expand", x(), sizes.attributes(tensor));
            case RESHAPE -> call("reshape", x(), sizes.attributes(tensor));
            case PERMUTE -> tensor.rank() == 2 ? call("t", x()) : call("permute", x(), list(tensor.attributes()));
            case SLICE -> call("slice", x(), a(0), from(), end(a(1)), 1);
            case PLACE ->
                call(
                        "slice_backward",
                        x(),
                        sizes.shape(tensor),
                        a(0),
                        from(),
                        end(tensor.input(0).size((int) a(0))),
                        1);
            case PAD -> call("constant_pad_nd", x(), pads(), number());
            case CONCAT -> call("cat", "[" + String.join(", ", in) + "]", a(0));
            case FLIP -> call("flip", x(), list(tensor.attributes()));
            case TAKE -> call("index_select", x(), a(0), y());
            case PUT -> call("index_add", zeros(), a(0), y(), x());
            case ONE_HOT -> call("to", "torch.one_hot(" + x() + ", " + a(0) + ")", target.dtype());
        };
    }

    private String zeros() {
        return "torch.zeros(" + sizes.shape(tensor) + ", dtype=" + target.dtype() + ", device=" + x() + ".device)";
    }

    private String from() {
        final Scalar from = numbers.get(0);
        return from.isLiteral() ? Long.toString((long) from.value()) : "int(" + from + ")";
    }

    private String end(final long length) {
        final Scalar from = numbers.get(0);
        return from.isLiteral() ? Long.toString((long) from.value() + length) : "int(" + from + ") + " + length;
    }

    /** From the last axis to the first one that is padded: the engine refuses others that have no entries. */
    private String pads() {
        final long[] pairs = tensor.attributes();
        int first = 0;
        while (first < pairs.length && pairs[first] == 0 && pairs[first + 1] == 0) {
            first += 2;
        }
        final long[] turned = new long[pairs.length - first];
        for (int i = 0; i < turned.length; i += 2) {
            turned[i] = pairs[pairs.length - 2 - i];
            turned[i + 1] = pairs[pairs.length - 1 - i];
        }
        return list(turned);
    }

    private String convolution(final Convolution kind) {
        return switch (kind) {
            case CONVOLVE -> convolution().convolved();
            case CONVOLVE_IMAGES -> convolution().images();
            case CONVOLVE_KERNEL -> convolution().kernel();
            case WINDOWS -> call("im2col", x(), list(a(0), a(1)), "[1, 1]", list(a(2), a(3)), "[1, 1]");
            case ADD_WINDOWS ->
                call("col2im", x(), list(a(4), a(5)), list(a(0), a(1)), "[1, 1]", list(a(2), a(3)), "[1, 1]");
        };
    }

    /** Of one that has a kernel. */
    TorchConvolution convolution() {
        return new TorchConvolution(this);
    }

    private String normalization(final Normalization kind) {
        return switch (kind) {
            case NORMALIZE ->
                call(
                                "native_batch_norm",
                                x(),
                                y(),
                                in.get(2),
                                in.get(3),
                                call("pow", in.get(4), -2),
                                "False",
                                "0.",
                                "0.")
                        + "[0]";
            case MEANS -> call("mean", x(), "[0]");
            case SCALES ->
                call(
                        "rsqrt",
                        call("add", call("batch_norm_update_stats", x(), "None", "None", "0.") + "[1]", number()));
            case NORMALIZE_ROWS -> normalizedBackward("True, False, False") + "[0]";
            case NORMALIZE_GAMMA -> normalizedBackward("False, True, False") + "[1]";
        };
    }

    /**
     * Normalized columns, their means and their scales, of the tensor that is the first.
     *
     * @param epsilon of the scales
     */
    String normalized(final Scalar epsilon) {
        return call("native_batch_norm", x(), y(), in.get(2), "None", "None", "True", "0.", epsilon);
    }

    /**
     * The gradients of normalized columns, of the tensor that is the one by the matrix or, if that is not wanted, by gamma.
     *
     * @param wanted of those by the matrix, by gamma and by beta: True or False for each
     */
    String normalizedBackward(final String wanted) {
        final boolean byRows = tensor.operation() == Normalization.NORMALIZE_ROWS;
        return call(
                "native_batch_norm_backward",
                x(),
                y(),
                byRows ? in.get(2) : "None",
                "None",
                "None",
                in.get(byRows ? 3 : 2),
                in.get(byRows ? 4 : 3),
                "True",
                "0.",
                "[" + wanted + "]");
    }

    private String pooling(final Pooling kind) {
        return switch (kind) {
            case LARGEST -> call("max_pool2d", x(), list(a(0), a(1)), list(a(2), a(3)), "[0, 0]", "[1, 1]", "False");
            case LARGEST_PLACES -> largestWithPlaces() + "[1]";
            case TAKE_PLACES ->
                call(
                        "reshape",
                        "torch.gather(torch.flatten(" + x() + ", 2, 3), 2, torch.flatten(" + y() + ", 2, 3))",
                        sizes.shape(tensor));
            case PUT_PLACES ->
                call(
                        "reshape",
                        "torch.scatter_add(torch.zeros("
                                + planes() + ", dtype="
                                + target.dtype() + ", device=" + x() + ".device), 2, torch.flatten(" + y()
                                + ", 2, 3), torch.flatten(" + x() + ", 2, 3))",
                        sizes.shape(tensor));
            case MEANS ->
                call("avg_pool2d", x(), list(a(0), a(1)), list(a(2), a(3)), "[0, 0]", "False", "True", "None");
            case SPREAD_MEANS ->
                call(
                        "avg_pool2d_backward",
                        x(),
                        y(),
                        list(a(0), a(1)),
                        list(a(2), a(3)),
                        "[0, 0]",
                        "False",
                        "True",
                        "None");
        };
    }

    /** The shape with each plane in one row. */
    private List<String> planes() {
        final List<String> shape = sizes.shape(tensor);
        return List.of(shape.get(0), shape.get(1), Long.toString(tensor.size(2) * tensor.size(3)));
    }

    /** Both results of a search for the largest numbers. */
    String largestWithPlaces() {
        return call("max_pool2d_with_indices", x(), list(a(0), a(1)), list(a(2), a(3)), "[0, 0]", "[1, 1]", "False");
    }
}
