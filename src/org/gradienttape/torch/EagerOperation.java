package org.gradienttape.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.graph.TorchWriter;
import org.gradienttape.graph.Work;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Product;
import org.gradienttape.tensor.Reduction;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/** Computes operations one by one: by a call of DJL where it has one, else by the operation's own text. */
final class EagerOperation {
    private static final int MOST_NUMBERS = 64;

    private final NDManager run;
    private final TorchWriter.Target target;
    private final Map<Double, PtNDArray> numbers = new HashMap<>();

    /**
     * @param run owner of what lasts
     */
    EagerOperation(final NDManager run) {
        this.run = run;
        this.target = TorchEngine.target(run.getDevice());
    }

    /**
     * The result of an operation.
     *
     * @param node what is computed
     * @param operands the arrays of its inputs
     * @param step owner of the result
     * @throws InvalidInputException if the engine fails; names the layer
     */
    public NDArray compute(final Tensor node, final NDArray[] operands, final NDManager step) {
        TorchEngine.divide(Work.of(node));
        if (node.operation() == Source.FULL && node.rank() == 0) {
            return number(node, step);
        }
        try {
            final NDArray direct = direct(node, operands, step);
            if (direct == null) {
                return byText(node, operands, (PtNDManager) step);
            }
            if (direct.getManager() != step) {
                direct.attach(step);
            }
            return direct;
        } catch (final EngineException failure) {
            final String reason =
                    String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown reason");
            throw new InvalidInputException(
                    node.operation().spoken() + " failed" + (node.place().isEmpty() ? "" : " at " + node.place()) + ": "
                            + ScriptFailure.advised(reason, ""),
                    failure);
        }
    }

    /** By a call of DJL; null where it has none. */
    private NDArray direct(final Tensor node, final NDArray[] operands, final NDManager step) {
        final PtNDArray x = operands.length > 0 ? (PtNDArray) operands[0] : null;
        final PtNDArray y = operands.length > 1 ? (PtNDArray) operands[1] : null;
        if (node.operation() instanceof Arithmetic arithmetic) {
            return arithmetic(arithmetic, node, x, y, step);
        }
        if (node.operation() instanceof Function function) {
            return function(function, node, x);
        }
        if (node.operation() instanceof Form form) {
            return form(form, node, x, y);
        }
        if (node.operation() instanceof Reduction reduction) {
            return reduction(reduction, node, x);
        }
        if (node.operation() == Source.FULL) {
            return step.full(new Shape(node.shape()), (float) node.number(0).value(), DataType.FLOAT32);
        }
        if (node.operation() == Source.CONSTANT) {
            return Incoming.own(node.numbers(), new Shape(node.shape()), step);
        }
        return node.operation() == Product.MATMUL ? JniUtils.matmul(x, y) : null;
    }

    private NDArray arithmetic(
            final Arithmetic arithmetic,
            final Tensor node,
            final PtNDArray x,
            final PtNDArray y,
            final NDManager step) {
        return switch (arithmetic) {
            case ADD -> JniUtils.add(x, y);
            case SUB -> JniUtils.sub(x, y);
            case MUL -> JniUtils.mul(x, y);
            case DIV -> JniUtils.div(x, y);
            case ADD_NUMBER -> JniUtils.add(x, number(node, step));
            case MUL_NUMBER -> JniUtils.mul(x, number(node, step));
            default -> null;
        };
    }

    private static NDArray function(final Function function, final Tensor node, final PtNDArray x) {
        return switch (function) {
            case NEG -> JniUtils.neg(x);
            case SQRT -> JniUtils.sqrt(x);
            case EXP -> JniUtils.exp(x);
            case LOG -> JniUtils.log(x);
            case TANH -> JniUtils.tanh(x);
            case SIGMOID -> JniUtils.sigmoid(x);
            case RELU -> JniUtils.relu(x);
            case LEAKY_RELU -> JniUtils.leakyRelu(x, node.number(0).value());
            case TO_FLOAT -> x.toType(DataType.FLOAT32, true);
            default -> null;
        };
    }

    private static NDArray form(final Form form, final Tensor node, final PtNDArray x, final PtNDArray y) {
        return switch (form) {
            case PERMUTE -> JniUtils.permute(x, node.attributes());
            case EXPAND -> JniUtils.broadcast(x, new Shape(node.attributes()));
            case RESHAPE -> JniUtils.reshape(x, node.attributes());
            case TAKE -> node.attribute(0) == 0 && node.rank() == 2 ? JniUtils.embedding(y, x, false) : null;
            default -> null;
        };
    }

    private static NDArray reduction(final Reduction reduction, final Tensor node, final PtNDArray x) {
        final long[] attributes = node.attributes();
        if (reduction == Reduction.LOG_SOFTMAX) {
            return JniUtils.logSoftmax(x, attributes[0], DataType.FLOAT32);
        }
        return reduction == Reduction.SUM && node.rank() > 0
                ? JniUtils.sum(x, Arrays.copyOfRange(attributes, 1, attributes.length), attributes[0] == 1)
                : null;
    }

    /** The number as an array, kept for the run, or at least for this step. */
    private PtNDArray number(final Tensor node, final NDManager step) {
        final double value = node.number(0).value();
        if (numbers.size() == MOST_NUMBERS && !numbers.containsKey(value)) {
            numbers.values().forEach(array -> array.attach(step));
            numbers.clear();
        }
        return numbers.computeIfAbsent(
                value, number -> (PtNDArray) run.full(new Shape(), number.floatValue(), DataType.FLOAT32));
    }

    /** By a module for the operation with its attributes; numbers of the JVM are arguments. */
    private NDArray byText(final Tensor node, final NDArray[] operands, final PtNDManager step) {
        final ProgramModule module = EagerModules.of(node, target);
        final IValue[] arguments = new IValue[operands.length + node.numberCount()];
        for (int i = 0; i < operands.length; i++) {
            arguments[i] = IValue.from((PtNDArray) operands[i]);
        }
        for (int i = 0; i < node.numberCount(); i++) {
            arguments[operands.length + i] = IValue.from(node.number(i).value());
        }
        try {
            return module.runEagerly(arguments, step).singletonOrThrow();
        } finally {
            for (final IValue argument : arguments) {
                argument.close();
            }
        }
    }
}
