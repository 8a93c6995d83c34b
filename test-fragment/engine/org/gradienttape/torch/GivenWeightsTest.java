package org.gradienttape.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.gradienttape.file.IfExists;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.torch.training.CodeTraining;
import org.gradienttape.torch.training.OwnCode;
import org.gradienttape.torch.training.Training;
import org.gradienttape.torch.training.TrainingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers in Java whose weights start with numbers that the code gives, and what a batch is to them in a prediction. */
class GivenWeightsTest {
    private static final String SCALED = JavaLayers.layer(
            "private Variable factor, offset; public void build(Shape s) {"
                    + " float[] halves = new float[s.last()]; Arrays.fill(halves, 0.5f);"
                    + " factor = addWeight(\"factor\", halves, s.last());"
                    + " offset = addState(\"offset\", new float[] {7}); }",
            "if (mode.isTraining()) offset.assign(offset.mul(0.5)); return x.mul(factor).add(offset);");

    @TempDir
    private Path folder;

    @Test
    void aNewModelStartsWithThem() throws IOException {
        final Model model = TestData.fresh(JavaLayers.network(Shape.of(3), SCALED), 1);

        assertThat(model.weights().get("mine/factor")).containsExactly(0.5f, 0.5f, 0.5f);
        assertThat(model.weights().get("mine/offset")).containsExactly(7);
    }

    /** Each run builds the layer anew; the first numbers must not come back with that. */
    @Test
    void aTrainedModelHasWhatItLearned() throws IOException {
        final Network network = JavaLayers.network(Shape.of(3), SCALED);

        final Model once =
                Training.run(SmallRuns.job(folder, network), TestData.PATIENT).model();

        assertThat(once.weights().get("mine/factor")).doesNotContain(0.5f);
        assertThat(once.weights().get("mine/offset")).containsExactly(7f / 16); // after four steps
        final Weights others =
                Weights.of(network, Map.of("mine/factor", new float[3], "mine/offset", new float[] {1000}));
        assertThat(predicted(new Model(network, others, once.provenance()))).containsOnly(1000f);
        final Path file = folder.resolve("model.gradienttape");
        ModelFile.write(once, file, IfExists.FAIL);
        assertThat(ModelFile.read(file)).isEqualTo(once);
        assertThat(predicted(ModelFile.read(file))).isEqualTo(predicted(once));
    }

    /** A step may set weights before it calls the model for the first time, which builds the layers. */
    @Test
    void aStepMayAssignBeforeTheLayerIsBuilt() throws IOException {
        final String step = StepCode.step("""
                if (run.step() == 0) {
                    run.model().weights().forEach(weight -> weight.assign(weight.mul(0).add(3)));
                }
                return run.model().call(x, Mode.FROZEN).sub(9).square().mean();""");

        final TrainingJob job = SmallRuns.job(folder, JavaLayers.network(Shape.of(3), SCALED));
        final Weights weights = CodeTraining.run(job, OwnCode.ofStep(step), TestData.PATIENT)
                .model()
                .weights();

        assertThat(weights.get("mine/factor")).containsExactly(3, 3, 3);
        assertThat(weights.get("mine/offset")).containsExactly(3f / 4); // two steps of the last epoch
    }

    private float[] predicted(final Model model) throws IOException {
        return SmallRuns.predictions(folder, model, 3, 2);
    }

    /** The last of seven samples is alone in its batch, whether that is 1, 2 or 3. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSampleThatIsAloneIsAlone(final int batch) throws IOException {
        final String counting = JavaLayers.layer("", "return x.mul(0).add((double) x.size(0));");
        final Model model = TestData.fresh(JavaLayers.network(Shape.of(3), counting), 1);

        final float[] sizes = SmallRuns.predictions(folder, model, 7, batch);

        assertThat(sizes[0]).isEqualTo(batch);
        assertThat(sizes[6 * 3]).isEqualTo(1);
    }
}
