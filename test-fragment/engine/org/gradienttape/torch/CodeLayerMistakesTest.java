package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.export.OnnxFile;
import org.gradienttape.export.TorchScriptFile;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.CodeLayer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.model.Model;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads of a mistake in a layer in Java. */
class CodeLayerMistakesTest {
    private static final Shape DIGIT = Shape.of(784);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return missing;|The Java code of the layer 1 does not compile: line 6, column 8: missing cannot be resolved",
                "return null;|The Java code of the layer 1 failed: call must return a tensor, but it returned null; correct it in the Model Builder.",
                "return x.matmul(x);|The Java code of the layer 1 failed in line 6 (\"return x.matmul(x);\"): matmul at Mine: the shapes [61, 4] and [61, 4]",
                "return x.sum();|call must give float numbers of the shape [batch, sample shape], but for a batch of 61 it gave FLOAT32 of the shape []",
                "return x.sum(0);|but for a batch of 61 it gave FLOAT32 of the shape [4]",
                "return x.argmax(1).unsqueeze(1);|but for a batch of 61 it gave INT64 of the shape [61, 1]",
                "return mode.isTraining() ? x : x.slice(1, 0, 2);|call gave samples of the shape 4 in training, but 2 in inference",
                "throw new IllegalStateException(\"mine\");|in line 6 (\"throw new IllegalStateException(\"mine\");\"): IllegalStateException: mine",
                "addLoss(x); return x;|in line 6 (\"addLoss(x); return x;\"): addLoss needs one number, but it got the shape [61, 4]; use its mean()",
                "return x.slice(1, 2, 2);|but for a batch of 61 it gave FLOAT32 of the shape [61, 0]",
                "addWeight(\"a\", Initializer.ZEROS, 2); return x;|a layer makes its weights in build; move this line there",
                "addState(\"a\", Initializer.ZEROS, 2); return x;|a layer makes its weights in build; move this line there",
                "layer(new Layer.Flatten()); return x;|other layers are taken in once, in fields or in the constructor, and not in build or call",
                "return new Mine().zeros(1);|a layer makes tensors in call only; move this line there",
                "System.exit(1); return x;|The Java code of the layer 1 may not use System.exit (line 6: ",
                "System.out.print(1); return x;|The Java code of the layer 1 may not use System.out (line 6: ",
                "new Thread(); return x;|The Java code of the layer 1 may not use Thread (line 6: ",
            })
    void whatIsWrongWithALayerIsSaidWhenTheModelIsBuilt(final String body, final String message) {
        assertThatThrownBy(() -> JavaLayers.network(Shape.of(4), JavaLayers.layer("", body)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "private final Sublayer d = layer(new Layer.Dense(3, Activation.NONE));|d.call(x, mode); return d.call(x.slice(1, 0, 2), mode);|the layer mine/dense was called on samples of the shape 4 first, and now on samples of the shape 2",
                "private final Sublayer c = layer(new ImageLayer.GlobalMaxPooling2D());|return c.call(x, mode);|in line 6 (\"return c.call(x, mode);\"): GlobalMaxPooling2D",
                "private final Tensor ones = ones(4);|return x;|failed in line 4 (\"private final Tensor ones = ones(4);\"): a layer makes tensors in call only",
                "Mine(int units) {}|return x;|The class Mine of the layer 1's Java code needs a constructor without arguments",
                "private final Sublayer d = layer(new Layer.Dense(3, Activation.NONE));|return d.call(x, null);|in line 6 (\"return d.call(x, null);\"): the layer mine/dense must be called for training or for inference, but the mode is null",
                "private final Sublayer me = layer(this);|return me.call(x, mode);|a layer cannot call itself",
                "private Tensor kept;|if (kept == null) kept = x; return kept.add(x);|in line 6 (\"if (kept == null) kept = x; return kept.add(x);\"): add cannot use a tensor of an earlier step or of another run",
            })
    void whatIsWrongWithTheMembersOfALayerIsSaid(final String members, final String body, final String message) {
        assertThatThrownBy(() -> JavaLayers.network(Shape.of(4), JavaLayers.layer(members, body)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void severalLayersNeedOnePublicClass() {
        final String two = JavaLayers.OF_ALL_KINDS.replace("public class", "class");

        assertThatThrownBy(() -> JavaLayers.network(Shape.of(6), two))
                .hasMessage("The Java code of the layer 1 needs one class that extends CustomLayer, but it has 2:"
                        + " OfAllKinds, Scaled, of which none is the file's public class; start from a template.");
        assertThatThrownBy(() -> JavaLayers.network(Shape.of(6), "class Mine {}"))
                .hasMessageContaining("needs one class that extends CustomLayer, but it has none");
    }

    @Test
    void aLayerThatDoesNotFitNamesBothShapes() {
        assertThatThrownBy(() -> JavaLayers.network(DIGIT, StepCode.template("Linear"), new Layer.Reshape(Shape.of(5))))
                .hasMessageStartingWith(
                        "Layer 2: Reshape to 5 needs 5 numbers per sample, but its input has the shape 32");
        final CodeLayer built = (CodeLayer) JavaLayers.one(StepCode.template("Linear"), Shape.of(4));
        assertThatThrownBy(() -> Network.of(Shape.of(5), List.of(built)))
                .hasMessage(
                        "Layer 1: The layer in Java Linear was built for samples of the shape 4, but its input has the"
                                + " shape 5; build the model again.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "addWeight(\"a\", Initializer.ZEROS, 2); addWeight(\"a\", Initializer.ZEROS, 2);|two weights are called a",
                "addWeight(\"a b\", Initializer.ZEROS, 2);|the name of a weight has letters, digits and underscores and begins with a letter, but it is \"a b\"",
                "addWeight(null, Initializer.ZEROS, 2);|begins with a letter, but it is null; correct it in the Model Builder.",
                "addWeight(\"a\", (Initializer) null, 2);|the weight a needs an initializer, but it is null",
                "addWeight(\"a\", Initializer.ZEROS, -2);|A shape needs sizes of at least 1, but -2 has a size of -2; correct this size.",
                "addWeight(\"a\", random().uniform(-1, 1, 2).toFloatArray(), 2);|a layer draws random numbers in call only; move this line there, or give addWeight float numbers of Java; correct it",
                "addWeight(\"a\", full(0.3, 2).toFloatArray(), 2);|a layer makes tensors in call only; move this line there, or give addWeight float numbers of Java",
                "addWeight(\"a\", new float[3], 2);|the weight a of the shape 2 needs 2 numbers, but there are 3; correct it",
                "addWeight(\"a\", new float[] {1, Float.NaN}, 2);|the weight a needs finite numbers, but one is NaN; correct it",
                "addState(\"a\", (float[]) null, 2);|the weight a of the shape 2 needs 2 numbers, but they are null; correct it",
                "addLoss(addWeight(\"a\", Initializer.ZEROS));|a layer adds to the loss of a batch in call; move this line there",
                "layer((Layer) null);|layer needs a layer to take in, but it is null",
            })
    void whatIsWrongInBuildIsSaidWhenTheModelIsBuilt(final String line, final String message) {
        assertThatThrownBy(() -> JavaLayers.network(
                        Shape.of(4),
                        JavaLayers.layer("@Override public void build(Shape input) { " + line + " }", "return x;")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The Java code of the layer 1 failed in line 4 (\"")
                .hasMessageContaining(message);
    }

    /** Each run builds the layer anew, so that what it had learned would be lost. */
    @Test
    void whatBuildAssignsIsRefused() {
        final String assigning = "Variable w; public void build(Shape s) { w = addWeight(\"w\", Initializer.ZEROS, 4);"
                + " w.assign(w.add(1)); }";

        assertThatThrownBy(() -> JavaLayers.network(Shape.of(4), JavaLayers.layer(assigning, "return x.mul(w);")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The Java code of the layer 1 failed: build assigns the weight w, which would replace what it"
                                + " has learned whenever the model is used; give addWeight or addState the numbers that it starts"
                                + " with; correct it in the Model Builder.");
    }

    @Test
    void aWeightOfAnotherNameThanTheSavedOneIsRefused() throws IOException {
        final CodeLayer linear = (CodeLayer) JavaLayers.one(StepCode.template("Linear"), Shape.of(4));
        final CodeLayer other =
                new CodeLayer(linear.source().replace("addWeight(\"b\"", "addWeight(\"late\""), linear.plan());

        assertThatThrownBy(() -> predict(fresh(Network.of(Shape.of(4), List.of(other)), 1), 5, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the code makes a weight late, but the model has none of that name");
    }

    /** What only happens in a run: in the second step of training. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "return x.slice(1, 0, Math.max(2, 4 - calls / 3));|The Java code of the layer mine failed: call gave the shape [32, 3], but after what it gave when the model was built it should be [32, 4]",
                "if (calls == 3) return null; return x;|The Java code of the layer mine failed: call must return a tensor, but it returned null",
                "if (calls == 3) throw new ArithmeticException(\"three\"); return x;|failed in line 6 (\"calls++; if (calls == 3)",
                "if (calls == 3) x.matmul(x); return x;|matmul at mine: Mine, 4 to 4: the shapes [32, 4] and [32, 4]",
                "if (calls == 3) { kept = x; } if (calls == 4) return x.add(kept); return x;|add cannot use a tensor of an earlier step or of another run",
                "if (calls == 3) addWeight(\"late\", Initializer.ZEROS, 2); return x;|a layer makes its weights in build; move this line there",
                "if (calls == 3) return x.toInt64(); return x;|The Java code of the layer mine failed: call gave INT64 numbers, but a layer gives float numbers; use toFloat()",
            })
    void whatGoesWrongInARunNamesTheLayer(final String body, final String message) throws IOException {
        final Network network = JavaLayers.network(
                Shape.of(4),
                JavaLayers.layer("private int calls; private Tensor kept;", "calls++; " + body),
                new Layer.Dense(3, Activation.NONE));

        for (final Execution execution : Execution.values()) {
            assertThatThrownBy(() -> Training.run(TestData.by(execution, small(network)), TestData.PATIENT))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void weightsOfOtherShapesThanTheSavedOnesAreRefused() throws IOException {
        final CodeLayer linear = (CodeLayer) JavaLayers.one(StepCode.template("Linear"), Shape.of(4));
        final CodeLayer other = new CodeLayer(linear.source().replace("UNITS = 32", "UNITS = 31"), linear.plan());
        final CodeLayer fixed =
                new CodeLayer(linear.source().replace("addWeight(\"b\"", "addState(\"b\""), linear.plan());

        assertThatThrownBy(() -> predict(fresh(Network.of(Shape.of(4), List.of(other)), 1), 5, 5))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The Java code of the layer linear failed in line 13 (\"w = addWeight(\"w\","
                        + " Initializer.RANDOM_NORMAL, input.last(), UNITS);\"): the weight w is trainable with the shape"
                        + " 4 x 31 in the code, but trainable with the shape 4 x 32 in the model; build the model again;"
                        + " correct it in the Model Builder.");
        assertThatThrownBy(() -> predict(fresh(Network.of(Shape.of(4), List.of(fixed)), 1), 5, 5))
                .hasMessageContaining("the weight b is not trainable with the shape 32 in the code, but trainable");
    }

    @Test
    void whatAFileForOtherProgramsCannotHoldIsRefusedByItsLayer() {
        final Model random = fresh(
                JavaLayers.network(Shape.of(4), new Layer.Dense(4, Activation.NONE), StepCode.template("Sampling")), 1);
        final Model asking =
                fresh(JavaLayers.network(Shape.of(4), JavaLayers.layer("", "return x.mul(x.mean().item());")), 1);
        final Model counting =
                fresh(JavaLayers.network(Shape.of(4), JavaLayers.layer("", "return x.mul((double) x.size(0));")), 1);

        assertThatThrownBy(() -> OnnxFile.write(random, folder.resolve("a.onnx"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("The model cannot be written as ONNX, since sampling: Sampling, 4 to 2 ");
        assertThatThrownBy(() -> TorchScriptFile.write(random, folder.resolve("a.pt"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("sampling: Sampling, 4 to 2");
        assertThatThrownBy(() -> OnnxFile.write(asking, folder.resolve("a.onnx"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mine: Mine, 4 to 4 asks for numbers in Java code");
        assertThatThrownBy(() -> OnnxFile.write(counting, folder.resolve("a.onnx"), IfExists.FAIL))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("mine: Mine, 4 to 4 computes something else for each number of samples");
        assertThat(folder).isEmptyDirectory();
    }

    private TrainingJob small(final Network network) throws IOException {
        return SmallRuns.job(folder, network);
    }

    private float[] predict(final Model model, final int samples, final int batch) throws IOException {
        return SmallRuns.predictions(folder, model, samples, batch);
    }

    private static Model fresh(final Network network, final long seed) {
        return TestData.fresh(network, seed);
    }
}
