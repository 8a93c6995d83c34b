package org.gradienttape.graph;

import java.util.List;
import java.util.Set;
import org.gradienttape.tensor.Source;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;

/**
 * Writes a forward pass as the TorchScript method {@code forward} of a module that has the variables as attributes. It takes
 * any number of samples, and every result has memory of its own, so that gradients can be taken through it.
 */
public final class TorchForward {
    private static final String INPUT = "x";
    private static final String BATCH = "batch";
    private static final String INDENT = "  ";
    /** Whoever reads the file may have another processor. */
    private static final TorchWriter.Target FILE = TorchWriter.Target.plain(TorchExpression.SINGLE);

    /**
     * The method.
     *
     * @param method the text, with a line break at the end of each line
     * @param attributes the names of the variables' attributes, in the order of the variables
     */
    public record Text(String method, List<String> attributes) {}

    private final AnyBatch pass;
    private final Names names;
    private final TorchLines lines;
    private boolean asksForBatch;

    private TorchForward(final AnyBatch pass, final List<Variable> variables) {
        this.pass = pass;
        this.names = new Names(Set.of("self", INPUT, BATCH), variables);
        this.lines = new TorchLines(pass.graph(), new OfModule(), new TorchLines.Style(INDENT, FILE, new BatchSizes()));
    }

    /**
     * Writes the method.
     *
     * @param pass with one resident, the samples, and one output
     * @param className of the module
     * @param variables all of the module's
     * @throws TensorException if a layer uses what a file cannot hold; names the layer
     */
    public static Text write(final AnyBatch pass, final String className, final List<Variable> variables) {
        final TorchForward writer = new TorchForward(pass, variables);
        return new Text(
                writer.method(className),
                variables.stream()
                        .map(variable -> writer.names.ofVariable(variable.number()))
                        .toList());
    }

    private String method(final String className) {
        lines.writeApart(this::source);
        final String result = new OfModule().of(pass.graph().outputs().get(0));
        return "def forward(self: __torch__." + className + ", " + INPUT + ": Tensor) -> Tensor:\n"
                + (asksForBatch ? INDENT + BATCH + " = torch.size(" + INPUT + ", 0)\n" : "")
                + lines
                + INDENT + "return " + result + "\n";
    }

    /** Variables are the module's. */
    private final class OfModule implements TorchLines.Naming {
        @Override
        public String of(final Tensor tensor) {
            final Tensor made = Graph.settled(tensor);
            if (made.operation() == Source.VARIABLE) {
                return "self." + names.of(made);
            }
            return made.operation() == Source.RESIDENT ? INPUT : names.of(made);
        }

        @Override
        public String beside(final Tensor tensor, final String what) {
            return names.beside(tensor, what);
        }
    }

    private void source(final Source source, final Tensor tensor) {
        switch (source) {
            case FULL -> lines.line(lines.full(tensor, INPUT), tensor);
            case CONSTANT -> lines.line(lines.constant(tensor, INPUT), tensor);
            case FLOATS, INTEGERS ->
                throw new TensorException(Graph.about(tensor) + " uses numbers that Java code makes at each call");
            case VARIABLE, RESIDENT -> {}
        }
    }

    /** Sizes that follow from the number of samples. */
    private final class BatchSizes implements TorchExpression.Sizes {
        @Override
        public List<String> attributes(final Tensor tensor) {
            return texts(pass.attributes(tensor));
        }

        @Override
        public List<String> shape(final Tensor tensor) {
            return texts(pass.shape(tensor));
        }

        private List<String> texts(final List<AnyBatch.Size> sizes) {
            return sizes.stream().map(this::text).toList();
        }

        private String text(final AnyBatch.Size size) {
            if (size.isFixed()) {
                return Long.toString(size.fixed());
            }
            asksForBatch = true;
            return BATCH
                    + (size.perSample() == 1 ? "" : " * " + size.perSample())
                    + (size.fixed() == 0 ? "" : " + " + size.fixed());
        }
    }
}
