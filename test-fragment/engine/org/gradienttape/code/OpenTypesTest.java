package org.gradienttape.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.graph.Trace;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CallableNetwork;
import org.gradienttape.layer.CustomLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Mode;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Sublayer;
import org.gradienttape.loss.CustomLoss;
import org.gradienttape.loss.Loss;
import org.gradienttape.metric.Mean;
import org.gradienttape.metric.Metric;
import org.gradienttape.metric.Predictions;
import org.gradienttape.optimizer.Optimizer;
import org.gradienttape.tensor.GradientTape;
import org.gradienttape.tensor.NumberType;
import org.gradienttape.tensor.RandomSource;
import org.gradienttape.tensor.Tensor;
import org.gradienttape.tensor.TensorException;
import org.gradienttape.tensor.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of our own tensors, networks, losses and optimizers is open to users' code, and what is not. */
class OpenTypesTest {
    private static final String IMPORTS = """
            import java.util.*; import org.gradienttape.tensor.*; import org.gradienttape.layer.*; \
            import org.gradienttape.loss.*; import org.gradienttape.optimizer.*;
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Tensor y = x.square().sum().mul(1e-2);",
                "Variable v = null; if (v != null) { v.assign(x); v.assignAdd(v.mul(2)); v.add(1).toString(); v.name(); }",
                "try (GradientTape tape = new GradientTape()) { tape.gradient(x.sum(), List.of(x)).get(0).mul(2); }",
                "if (x.type() == NumberType.FLOAT32) { switch (x.type()) { case INT64 -> x.neg(); default -> x.abs(); } }",
                "CallableNetwork m = null; if (m != null) { m.call(x, Mode.TRAINING).add(m.losses()); m.trainableWeights(); m.mask(); }",
                "Optimizer o = null; if (o != null) { o.apply(List.of(x), List.<Variable>of()); o.setLearningRate(o.learningRate() / 2); }",
                "Loss l = new Loss.Huber(1); Tensor t = l.call(x, x.reshape(2, 1)); t.add(Loss.EPSILON);",
                "Function<Tensor, Tensor> f = Tensor::relu; f.apply(x); List.of(x).stream().map(Tensor::exp).toList();",
                "x.hashCode(); x.equals(x); x.shape(); x.size(0);",
                "Layer l = new Layer.Dense(2, Activation.RELU); l.type(); Activation.TANH.of(x); Shape.of(2, 3).last();",
                "Object o = new ImageLayer.Conv2D(2, Window.square(3, 1, Padding.SAME), Activation.NONE);",
                "Object o = new CustomLayer() { public Tensor call(Tensor a, Mode mode) { return a.add(ones(1)); } };",
                "if (Mode.TRAINING.isTraining()) { RandomSource r = null; if (r != null) r.normal(2).add(r.uniform()); }"
            })
    void codeComputesWithOurTensors(final String statements) {
        assertThat(run(statements)).isEqualTo("done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.operation();|Tensor.operation",
                "x.input(0);|Tensor.input",
                "Variable v = null; v.input(0);|Variable.input",
                "Function<Tensor, Object> f = Tensor::id; f.apply(x);|Tensor.id",
                "Variable v = null; v.moveTo(null);|Variable.moveTo",
                "Variable v = null; v.together(() -> {});|Variable.together",
                "Variable v = null; v.number();|Variable.number",
                "new Variable(null, \"w\", 0, 1);|Variable",
                "if (Operation.class == null) return null;|Operation",
                "Object o = Scalar.of(1);|Scalar.of",
                "Gradients.of(null, x, List.of(x));|Gradients.of",
                "VariableMaker maker = (n, w, s) -> null; maker.variable(\"w\", new float[1], 1);|VariableMaker",
                "new CallableNetwork(null, null, null, null, null, null);|CallableNetwork",
                "CallableNetwork m = null; m.network();|CallableNetwork.network",
                "if (Network.class == null) return null;|Network",
                "if (Weights.class == null) return null;|Weights",
                "Object o = new Layer.ReLU().call(null, x);|Layer.ReLU.call",
                "Layer layer = new Layer.ReLU(); layer.weights(Shape.of(1));|Layer.weights",
                "Object o = new CodeLayer(\"\", null);|CodeLayer",
                "if (LayerPlanner.class == null) return null;|LayerPlanner",
                "new Optimizer(null, null);|Optimizer",
                "if (OptimizerConfig.class == null) return null;|OptimizerConfig",
            })
    void whatBelongsToTheProgramIsRefused(final String statements, final String named) {
        assertThatThrownBy(() -> run(statements))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The step's Java code may not use " + named)
                .hasMessageContaining("(line 4: ");
    }

    /** What the compiler itself refuses, since it is not public. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.machine();",
                "Initializer.ONES.fill(null, null, null);",
                "Sublayer s = new Sublayer(null, null, (Layer) null);",
                "x.current();",
                "x.sizes();",
                "class Mine implements Loss { public Tensor call(Tensor a, Tensor b) { return a; } } new Mine();",
                "class Mine extends Tensor { Mine() { super(null); } } new Mine();",
                "Object o = org.gradienttape.graph.Trace.class;",
                "Object o = org.gradienttape.torch.TorchEngine.class;",
                "Object o = org.gradienttape.model.ModelFile.class;"
            })
    void whatIsNotPublicDoesNotCompile(final String statements) {
        assertThatThrownBy(() -> run(statements))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The step's Java code does not compile: line 4, ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package org.gradienttape.tensor; public class Tensor { public Object operation() { return null; } }",
                "package org.gradienttape.tensor; class Mine { Object at(Tensor x) { return x.machine(); } }",
                "package org.gradienttape.step; class Mine {}",
                "package org.gradienttape.torch; class Mine {}"
            })
    void aClassInAPackageOfOursIsRefused(final String source) {
        assertThatThrownBy(() -> CodeCompiler.compile("step", source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("may not use the package org.gradienttape.");
    }

    @Test
    void whatIsNotOpenCannotBeLoaded() throws ClassNotFoundException {
        final CodeClassLoader loader = new CodeClassLoader("step code", java.util.Map.of());

        assertThat(loader.loadClass(Tensor.class.getName())).isEqualTo(Tensor.class);
        for (final String closed :
                List.of("tensor.Operation", "tensor.Gradients", "layer.Network", "torch.TorchEngine")) {
            assertThatThrownBy(() -> loader.loadClass("org.gradienttape." + closed))
                    .isInstanceOf(ClassNotFoundException.class);
        }
    }

    /** A new public member is either for users or not: it has to be decided here. */
    @Test
    void everyPublicMemberIsOpenOrNamedHere() {
        final TreeSet<String> closed = new TreeSet<>();
        for (final Class<?> type : List.of(
                Tensor.class,
                Variable.class,
                GradientTape.class,
                NumberType.class,
                TensorException.class,
                RandomSource.class,
                CallableNetwork.class,
                CustomLayer.class,
                Sublayer.class,
                Layer.class,
                Activation.class,
                Initializer.class,
                Shape.class,
                Mode.class,
                Loss.class,
                CustomLoss.class,
                Metric.class,
                Predictions.class,
                Mean.class,
                Optimizer.class)) {
            final List<Member> members = new ArrayList<>(List.of(type.getDeclaredMethods()));
            members.addAll(List.of(type.getDeclaredFields()));
            final String internal = type.getName().replace('.', '/');
            final Stream<String> names = Stream.concat(
                    members.stream()
                            .filter(member -> Modifier.isPublic(member.getModifiers()))
                            .map(Member::getName),
                    Stream.of(type.getDeclaredConstructors())
                            .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                            .map(constructor -> "<init>"));
            assertThat(AllowedCode.isAllowed(internal)).as(internal).isTrue();
            names.filter(name -> !AllowedCode.isAllowed(internal, name))
                    .forEach(name -> closed.add(type.getSimpleName() + "." + name));
        }

        assertThat(closed)
                .containsExactly(
                        "CallableNetwork.<init>",
                        "CallableNetwork.ignoresMask",
                        "CallableNetwork.keep",
                        "CallableNetwork.network",
                        "Layer.call",
                        "Layer.compute",
                        "Layer.outputShape",
                        "Layer.passesOn",
                        "Layer.settings",
                        "Layer.title",
                        "Layer.useOfMask",
                        "Layer.weights",
                        "Optimizer.<init>",
                        "Optimizer.keep",
                        "Tensor.attribute",
                        "Tensor.attributes",
                        "Tensor.columnMeans",
                        "Tensor.columnScales",
                        "Tensor.id",
                        "Tensor.input",
                        "Tensor.inputCount",
                        "Tensor.normalizeColumns",
                        "Tensor.number",
                        "Tensor.numberCount",
                        "Tensor.numbers",
                        "Tensor.operation",
                        "Tensor.place",
                        "Variable.<init>",
                        "Variable.isAssigned",
                        "Variable.moveTo",
                        "Variable.number",
                        "Variable.together");
    }

    @SuppressWarnings("unchecked")
    private static Object run(final String statements) {
        final String source = IMPORTS + "import java.util.function.Function;\n"
                + "public class Mine implements Function<Tensor, Object> { public Object apply(Tensor x) {\n"
                + statements + "\nreturn \"done\"; } }\n";
        final Function<Tensor, Object> code =
                CodeCompiler.compile("step", source).newInstance(Function.class);
        final Trace trace = new Trace(null); // nobody reads numbers
        trace.begin();
        return code.apply(trace.tensor(new float[] {1, 2}, 2));
    }
}
