package org.gradienttape.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.gradienttape.host.node.NodeDescriptionCheck;
import org.gradienttape.nodes.datasetreader.DatasetReaderNodeFactory;
import org.gradienttape.nodes.datasettotable.DatasetToTableNodeFactory;
import org.gradienttape.nodes.gantrainer.GanTrainerNodeFactory;
import org.gradienttape.nodes.imagewriter.ImageWriterNodeFactory;
import org.gradienttape.nodes.learner.NeuralNetworkLearnerNodeFactory;
import org.gradienttape.nodes.metrictracker.MetricTrackerNodeFactory;
import org.gradienttape.nodes.modelbuilder.LayerNodeFactory;
import org.gradienttape.nodes.modelbuilder.ModelBuilderNodeFactory;
import org.gradienttape.nodes.modelpredictor.ModelPredictorNodeFactory;
import org.gradienttape.nodes.modelreader.ModelReaderNodeFactory;
import org.gradienttape.nodes.modelwriter.ModelWriterNodeFactory;
import org.gradienttape.nodes.sparktrainer.SparkTrainerNodeFactory;
import org.gradienttape.nodes.tabletodataset.TableToDatasetNodeFactory;
import org.gradienttape.nodes.trainer.GradientTapeTrainerNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultNodeFactory;

/** What the factories declare: names and ports are a contract with workflows. */
class NodeDeclarationsTest {
    static Stream<DefaultNodeFactory> factories() {
        return contracts().map(contract -> (DefaultNodeFactory) contract.get()[0]);
    }

    static Stream<Arguments> contracts() {
        return Stream.of(
                Arguments.of(
                        new DatasetReaderNodeFactory(),
                        "Dataset Reader",
                        NodeType.Source,
                        List.of(),
                        List.of("Training data: Dataset", "Held-out data: Dataset")),
                Arguments.of(
                        new ModelBuilderNodeFactory(),
                        "Model Builder",
                        NodeType.Source,
                        List.of("Input model: GradientTape Model?", "Dataset: Dataset?"),
                        List.of("Model: GradientTape Model", "Layer summary: Data")),
                Arguments.of(
                        new LayerNodeFactory(),
                        "Layer",
                        NodeType.Manipulator,
                        List.of("Model: GradientTape Model", "More models: GradientTape Model*"),
                        List.of("Extended model: GradientTape Model")),
                Arguments.of(
                        new GradientTapeTrainerNodeFactory(),
                        "GradientTape Trainer",
                        NodeType.Learner,
                        List.of("Model: GradientTape Model", "Training data: Dataset", "Validation data: Dataset?"),
                        List.of("Trained model: GradientTape Model", "Step log: Data", "Epoch log: Data")),
                Arguments.of(
                        new SparkTrainerNodeFactory(),
                        "GradientTape Trainer (Spark)",
                        NodeType.Learner,
                        List.of("Model: GradientTape Model", "Training data: Dataset", "Validation data: Dataset?"),
                        List.of("Trained model: GradientTape Model", "Step log: Data", "Epoch log: Data")),
                Arguments.of(
                        new TableToDatasetNodeFactory(),
                        "Table to Dataset",
                        NodeType.Manipulator,
                        List.of("Table: Data", "Validation table: Data?"),
                        List.of("Training data: Dataset", "Held-out data: Dataset")),
                Arguments.of(
                        new NeuralNetworkLearnerNodeFactory(),
                        "Neural Network Learner",
                        NodeType.Learner,
                        List.of("Table: Data", "Validation table: Data?"),
                        List.of("Model: GradientTape Model", "Step log: Data", "Epoch log: Data")),
                Arguments.of(
                        new MetricTrackerNodeFactory(),
                        "Metric Tracker",
                        NodeType.Visualizer,
                        List.of("Log: Data", "Second log: Data?"),
                        List.of("Metrics: Data", "Chart: Image")),
                Arguments.of(
                        new ModelWriterNodeFactory(),
                        "Model Writer",
                        NodeType.Sink,
                        List.of("Model: GradientTape Model"),
                        List.of("Written file: Data")),
                Arguments.of(
                        new ModelReaderNodeFactory(),
                        "Model Reader",
                        NodeType.Source,
                        List.of("Network: GradientTape Model?", "Weight names: Data?"),
                        List.of("Model: GradientTape Model")),
                Arguments.of(
                        new GanTrainerNodeFactory(),
                        "GAN Trainer",
                        NodeType.Learner,
                        List.of(
                                "Generator: GradientTape Model",
                                "Discriminator: GradientTape Model",
                                "Training data: Dataset",
                                "Validation data: Dataset?"),
                        List.of(
                                "Trained generator: GradientTape Model",
                                "Trained discriminator: GradientTape Model",
                                "Step log: Data",
                                "Generated images: Data",
                                "Epoch log: Data")),
                Arguments.of(
                        new ImageWriterNodeFactory(),
                        "Image Writer",
                        NodeType.Sink,
                        List.of("Images: Data"),
                        List.of("Written images: Data")),
                Arguments.of(
                        new ModelPredictorNodeFactory(),
                        "Model Predictor",
                        NodeType.Predictor,
                        List.of("Model: GradientTape Model", "Dataset: Dataset or Data"),
                        List.of("Predictions: Data")),
                Arguments.of(
                        new DatasetToTableNodeFactory(),
                        "Dataset to Table",
                        NodeType.Manipulator,
                        List.of("Dataset: Dataset"),
                        List.of("Samples: Data")));
    }

    @ParameterizedTest
    @MethodSource("factories")
    void descriptionAndDialogAreWhatKnimeTakes(final DefaultNodeFactory factory) {
        assertThat(NodeDescriptionCheck.problems(factory)).isEmpty();
    }

    /** KNIME takes "a/.." out of package and path together, and asks the class loader for what is left. */
    @ParameterizedTest
    @MethodSource("factories")
    void theIconIsTheNodesOwnAndHasTheSizeThatKnimeDraws(final DefaultNodeFactory factory) throws IOException {
        final String place = factory.getClass().getPackageName().replace('.', '/');
        final String path = NodeDeclaration.of(factory).identity().icon();

        final URL url = factory.getClass()
                .getClassLoader()
                .getResource(URI.create(place + "/" + path).normalize().toString());

        assertThat(path).endsWith("/icons/" + RegisteredNodes.fileName(factory) + ".png");
        assertThat(url).isNotNull();
        final BufferedImage icon = ImageIO.read(url);
        assertThat(icon.getWidth()).isEqualTo(16);
        assertThat(icon.getHeight()).isEqualTo(16);
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void nameTypeAndPortsStay(
            final DefaultNodeFactory factory,
            final String name,
            final NodeType type,
            final List<String> inputs,
            final List<String> outputs) {
        final NodeDeclaration node = NodeDeclaration.of(factory);

        assertThat(node.name()).isEqualTo(name);
        assertThat(node.identity().type()).isEqualTo(type);
        assertThat(texts(node.ports(Side.INPUT))).isEqualTo(inputs);
        assertThat(texts(node.ports(Side.OUTPUT))).isEqualTo(outputs);
    }

    /** Workflows on disk name the groups of ports, so ids may not follow when a name is polished. */
    @Test
    void portIdsAreThePortNamesOfTheFirstRelease() {
        assertThat(factories().map(NodeDeclaration::of).flatMap(node -> node.ports().stream()))
                .allSatisfy(port -> assertThat(port.id()).isEqualTo(port.name()));
    }

    private static List<String> texts(final List<PortGroup> ports) {
        return ports.stream()
                .map(port -> port.name() + ": "
                        + port.choice().types().stream().map(PortType::getName).collect(Collectors.joining(" or "))
                        + (port.optional() ? "?" : port.extendable() ? "*" : ""))
                .toList();
    }
}
