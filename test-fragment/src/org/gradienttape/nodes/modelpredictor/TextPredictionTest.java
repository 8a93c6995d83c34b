package org.gradienttape.nodes.modelpredictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.TextSplit;
import org.gradienttape.column.TextSplit.Standardize;
import org.gradienttape.column.TextSplit.Unit;
import org.gradienttape.column.TokenEncoding;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target;
import org.gradienttape.data.TargetScaling;
import org.gradienttape.file.IfExists;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.MaskingLayer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.Penalty;
import org.gradienttape.layer.SequenceLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.Weights;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.model.Provenance;
import org.gradienttape.nodes.LoneNode;
import org.gradienttape.nodes.TableText;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knime.core.node.BufferedDataTable;

/** A model of texts keeps its vocabulary: its score is ten times the largest number of a word of the text. */
class TextPredictionTest {
    private static final TokenEncoding TEXT = new TokenEncoding(
            "text",
            new TextSplit(Standardize.LOWER_AND_STRIP_PUNCTUATION, Unit.WHITESPACE, 3),
            List.of("the", "money", "free", "größe"),
            false);

    private final FileStores stores = new FileStores();
    private final LoneNode node = LoneNode.of(new ModelPredictorNodeFactory(), new ModelPredictorNodeParameters())
            .with("Dataset", BufferedDataTable.TYPE);

    @AfterEach
    void deleteFiles() throws IOException {
        stores.close();
    }

    @Test
    void rowsAreReadWithTheVocabularyOfTheFile(@TempDir final Path folder) throws Exception {
        final Path file = folder.resolve("scores.model");
        ModelFile.write(model(), file, IfExists.FAIL);
        final ModelPortObject read = new ModelPortObject(ModelFile.read(file));
        final BufferedDataTable rows = TableText.table(
                stores,
                "other int, text string",
                "1 | The money!",
                "2 | FREE, free and then the größe",
                "3 | never heard",
                "4 | ?");

        assertThat(TableText.rows((BufferedDataTable) node.execute(stores, read, rows)[0]))
                .containsExactly(
                        "1 | The money! | 30.0",
                        "2 | FREE, free and then the größe | 40.0",
                        "3 | never heard | 10.0",
                        "4 | ? | ?");
        assertThat(node.warning(stores, read, rows).orElseThrow())
                .contains(
                        "1 of 4 rows have a text of which nothing is in the vocabulary, such as \"never heard\" in the"
                                + " column \"text\"; their predictions mean little.");
    }

    @Test
    void aColumnThatIsNoTextIsRefused() throws Exception {
        final ModelPortObject model = new ModelPortObject(model());

        assertThatThrownBy(() -> node.execute(stores, model, TableText.table(stores, "text int", "1")))
                .hasMessageContaining("The column \"text\" should hold text in the table");
        assertThatThrownBy(() -> node.execute(stores, model, TableText.table(stores, "words string", "the")))
                .hasMessageContaining("The column \"text\" of the training data was expected in the table");
    }

    private static Model model() {
        final Network network = Network.of(
                Shape.of(3),
                List.of(
                        new MaskingLayer.Embedding(6, 1, Initializer.RANDOM_UNIFORM, Penalty.NONE, false),
                        new SequenceLayer.GlobalMaxPooling1D()));
        return new Model(
                network,
                Weights.of(network, Map.of("embedding/embeddings", new float[] {0, 10, 20, 30, 40, 50})),
                new Preprocessing(
                        new Target.Numbers(List.of(TargetScaling.none("score"))),
                        Optional.empty(),
                        Optional.of(new Encoding(List.of(TEXT)))),
                Provenance.of("test"));
    }
}
