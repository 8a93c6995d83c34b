package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each cell of code in Keras' guide "Writing a training loop from scratch" stands on our page about it, with what it is here.
 * The cells are those of {@code guides/writing_a_custom_training_loop_in_tensorflow.py} in keras-team/keras-io at commit
 * 1806537c4333fbff1f9fd038b78179beeda480fb, in their order.
 */
class KerasGuideTest {
    /** A row of a table: what the guide types, and what stands beside it. */
    private static final Pattern ROW =
            Pattern.compile("<tr><td>\n\n```python\n(.*?)\n```\n\n</td><td>\n\n(.*?)</td></tr>", Pattern.DOTALL);

    @ParameterizedTest(name = "{0}. {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    1 | imports | import keras
                    1 | the model | keras.Model(inputs, outputs)
                    1 | optimizer | optimizer = keras.optimizers
                    1 | loss | loss_fn = SparseCategoricalCrossentropy
                    1 | dataset | dataset.shuffle
                    1 | validation samples | x_val =
                    1 | training loop | for epoch in range
                    2 | fresh model | model = get_model()
                    2 | metrics | val_acc_metric = SparseCategoricalAccuracy
                    2 | loop that measures | train_acc_metric.update_state
                    2 | metrics at the end of an epoch | train_acc_metric.reset_state
                    2 | validation loop | in val_dataset
                    3 | compiled training step | def train_step
                    3 | compiled test step | def test_step
                    3 | loop with the compiled step | loss_value = train_step(x, y)
                    4 | layer that adds a loss | class ActivityRegularizationLayer
                    4 | model with that layer | ActivityRegularizationLayer()(x)
                    4 | step with the losses of the model | sum(model.losses)
                    6 | discriminator | discriminator = keras.Sequential
                    6 | its summary | discriminator.summary()
                    6 | generator | generator = keras.Sequential
                    6 | optimizers and loss of the GAN | d_optimizer = Adam
                    6 | step of the GAN | def train_step(real_images)
                    6 | all digits | np.concatenate
                    6 | loop of the GAN | for step, real_images in
                    """)
    void everyCellHasItsCounterpart(final int part, final String cell, final String code) throws IOException {
        final List<MatchResult> rows = ROW.matcher(part(part)).results().toList();

        assertThat(rows.stream().filter(row -> row.group(1).contains(code)))
                .as(cell)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.group(2)).isNotBlank());
    }

    private static String part(final int number) throws IOException {
        final String page = Files.readString(ClassFiles.ROOT.resolve("docs/guide/training-loop.md"));
        return Arrays.stream(page.split("\n## "))
                .filter(part -> part.startsWith(number + ". "))
                .findFirst()
                .orElseThrow();
    }
}
