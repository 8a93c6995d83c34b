package org.gradienttape.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradienttape.tensor.Arithmetic;
import org.gradienttape.tensor.Form;
import org.gradienttape.tensor.Function;
import org.gradienttape.tensor.Operation;
import org.gradienttape.tensor.Scalar;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;

/** Finds simpler forms of operations, of the same numbers but for rounding. */
final class Simplifier {
    private static final long[] NO_ATTRIBUTES = {};
    private static final Scalar[] NO_NUMBERS = {};

    /** Each further factor is a bracket around all before, and the engine reads brackets on the stack of the thread. */
    private static final int LONGEST_NUMBER = 100;

    private final Graph graph;

    Simplifier(final Graph graph) {
        this.graph = graph;
    }

    /** A tensor that stands for the operation's result; null if there is nothing simpler. */
    Tensor simpler(final Operation operation, final long[] attributes, final Scalar[] numbers, final Tensor[] in) {
        if (operation instanceof Arithmetic arithmetic) {
            return in.length == 2 ? ofTwo(arithmetic, in[0], in[1]) : ofNumber(arithmetic, in[0], numbers[0]);
        }
        if (operation instanceof Form form && in.length == 1) {
            return ofForm(form, attributes, in[0]);
        }
        return operation == Function.NEG ? ofNegation(in[0]) : null;
    }

    private Tensor ofNumber(final Arithmetic operation, final Tensor x, final Scalar number) {
        return switch (operation) {
            case ADD_NUMBER -> number.is(0) ? x : null;
            case MUL_NUMBER -> ofFactor(x, number);
            case POW -> ofPower(x, number);
            default -> null;
        };
    }

    private Tensor ofFactor(final Tensor x, final Scalar factor) {
        if (factor.is(1)) {
            return x;
        }
        if (x.operation() == Arithmetic.MUL_NUMBER && isShort(x.number(0))) {
            return times(x.input(0), x.number(0).times(factor));
        }
        if (x.operation() == Source.FULL && isShort(x.number(0))) {
            return graph.constant(x.number(0).times(factor), x.shape());
        }
        return x.operation() == Form.EXPAND ? times(x.input(0), factor).expand(x.shape()) : null;
    }

    private static boolean isShort(final Scalar number) {
        return number.isLiteral() || number.text().length() < LONGEST_NUMBER;
    }

    private Tensor times(final Tensor x, final Scalar factor) {
        return graph.make(Arithmetic.MUL_NUMBER, NO_ATTRIBUTES, new Scalar[] {factor}, x);
    }

    private Tensor ofPower(final Tensor x, final Scalar exponent) {
        if (exponent.is(0)) {
            return graph.constant(Scalar.of(1), x.shape());
        }
        if (exponent.is(1)) {
            return x;
        }
        if (exponent.is(0.5)) {
            return x.sqrt();
        }
        return exponent.is(2) ? x.mul(x) : null;
    }

    private Tensor ofNegation(final Tensor x) {
        if (x.operation() == Function.NEG) {
            return x.input(0);
        }
        final boolean takesFactor =
                x.operation() == Source.FULL || x.operation() == Arithmetic.MUL_NUMBER || x.operation() == Form.EXPAND;
        return takesFactor ? times(x, Scalar.of(-1)) : null;
    }

    private Tensor ofTwo(final Arithmetic operation, final Tensor x, final Tensor y) {
        if (y.operation() == Source.FULL && alike(x, y)) {
            final Scalar number = y.number(0);
            if (operation == Arithmetic.MUL) {
                return times(x, number);
            }
            if (operation == Arithmetic.DIV && number.isLiteral()) {
                return times(x, Scalar.of(1 / number.value()));
            }
            if (number.is(0) && (operation == Arithmetic.ADD || operation == Arithmetic.SUB)) {
                return x;
            }
        }
        if (x.operation() == Source.FULL && alike(y, x)) {
            if (operation == Arithmetic.MUL) {
                return times(y, x.number(0));
            }
            if (operation == Arithmetic.ADD && x.number(0).is(0)) {
                return y;
            }
        }
        if (operation == Arithmetic.ADD && y.operation() == Form.PLACE) {
            final Tensor joined = ofPieces(x, y);
            if (joined != null) {
                return joined;
            }
        }
        // What is repeated to the size of the other need not be written out.
        if (x.operation() == Form.EXPAND && Arrays.equals(x.shape(), y.shape())) {
            return graph.make(operation, NO_ATTRIBUTES, NO_NUMBERS, x.input(0), y);
        }
        return y.operation() == Form.EXPAND && Arrays.equals(x.shape(), y.shape())
                ? graph.make(operation, NO_ATTRIBUTES, NO_NUMBERS, x, y.input(0))
                : null;
    }

    /** The sum of pieces among zeros that lie side by side, in whatever order they come: gradients of slices. */
    private Tensor ofPieces(final Tensor x, final Tensor piece) {
        if (x.operation() == Form.PLACE) {
            final boolean isBehind = x.number(0).value() < piece.number(0).value();
            return isBehind ? ofNeighbours(x, piece) : ofNeighbours(piece, x);
        }
        for (int i = 0; i < 2 && x.operation() == Arithmetic.ADD; i++) {
            if (x.input(i).operation() == Form.PLACE) {
                final Tensor both = ofPieces(x.input(i), piece);
                if (both != null) {
                    return x.input(1 - i).add(both);
                }
            }
        }
        return null;
    }

    /** Two pieces, the second of which begins where the first ends; null if it does not. */
    private Tensor ofNeighbours(final Tensor x, final Tensor y) {
        final Scalar from = x.number(0);
        final int axis = (int) x.attribute(0);
        final boolean touch = Arrays.equals(x.attributes(), y.attributes())
                && Arrays.equals(x.shape(), y.shape())
                && from.isLiteral()
                && y.number(0).is(from.value() + x.input(0).size(axis));
        if (!touch) {
            return null;
        }
        final Tensor both = graph.make(Form.CONCAT, new long[] {axis}, NO_NUMBERS, pieces(axis, x, y));
        return both.size(axis) == x.size(axis)
                ? both
                : graph.make(Form.PLACE, x.attributes(), new Scalar[] {from}, both);
    }

    private static Tensor[] pieces(final int axis, final Tensor... places) {
        return Arrays.stream(places)
                .map(place -> place.input(0))
                .flatMap(piece -> piece.operation() == Form.CONCAT && piece.attribute(0) == axis
                        ? IntStream.range(0, piece.inputCount()).mapToObj(piece::input)
                        : Stream.of(piece))
                .toArray(Tensor[]::new);
    }

    /** Whether the result has the shape of the first one. */
    private static boolean alike(final Tensor x, final Tensor constant) {
        return Arrays.equals(x.shape(), constant.shape()) || constant.rank() == 0;
    }

    private Tensor ofForm(final Form operation, final long[] attributes, final Tensor x) {
        return switch (operation) {
            case EXPAND -> {
                if (x.operation() == Source.FULL) {
                    yield graph.constant(x.number(0), attributes);
                }
                yield x.operation() == Form.EXPAND ? x.input(0).expand(attributes) : null;
            }
            case RESHAPE -> {
                if (x.operation() == Source.FULL) {
                    yield graph.constant(x.number(0), attributes);
                }
                yield x.operation() == Form.RESHAPE ? x.input(0).reshape(attributes) : null;
            }
            case PERMUTE -> ofPermutation(attributes, x);
            default -> null;
        };
    }

    private Tensor ofPermutation(final long[] axes, final Tensor x) {
        if (x.operation() == Form.PERMUTE) {
            return x.input(0)
                    .permute(Arrays.stream(axes)
                            .mapToInt(axis -> (int) x.attribute((int) axis))
                            .toArray());
        }
        for (int i = 0; i < axes.length; i++) {
            if (axes[i] != i) {
                return null;
            }
        }
        return x;
    }
}
