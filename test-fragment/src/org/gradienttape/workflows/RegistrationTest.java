package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.RegistryFactory;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.junit.jupiter.api.Test;

/** What plugin.xml registers; KNIME looks it up by these names. */
class RegistrationTest {
    private static final String OURS = "/community/gradienttape";

    @Test
    void allNodesStandInOneCategory() {
        final List<String> factories = ours("org.knime.workbench.repository.nodes")
                .peek(node -> assertThat(node.getAttribute("category-path")).isEqualTo(OURS))
                .map(node -> node.getAttribute("factory-class"))
                .toList();

        assertThat(factories)
                .containsExactlyInAnyOrder(
                        "org.gradienttape.nodes.datasetreader.DatasetReaderNodeFactory",
                        "org.gradienttape.nodes.tabletodataset.TableToDatasetNodeFactory",
                        "org.gradienttape.nodes.learner.NeuralNetworkLearnerNodeFactory",
                        "org.gradienttape.nodes.modelbuilder.ModelBuilderNodeFactory",
                        "org.gradienttape.nodes.modelbuilder.LayerNodeFactory",
                        "org.gradienttape.nodes.trainer.GradientTapeTrainerNodeFactory",
                        "org.gradienttape.nodes.sparktrainer.SparkTrainerNodeFactory",
                        "org.gradienttape.nodes.metrictracker.MetricTrackerNodeFactory",
                        "org.gradienttape.nodes.modelwriter.ModelWriterNodeFactory",
                        "org.gradienttape.nodes.modelreader.ModelReaderNodeFactory",
                        "org.gradienttape.nodes.gantrainer.GanTrainerNodeFactory",
                        "org.gradienttape.nodes.imagewriter.ImageWriterNodeFactory",
                        "org.gradienttape.nodes.modelpredictor.ModelPredictorNodeFactory",
                        "org.gradienttape.nodes.datasettotable.DatasetToTableNodeFactory");
    }

    @Test
    void theCategoryIsBelowTheCommunityNodes() {
        assertThat(ours("org.knime.workbench.repository.categories"))
                .singleElement()
                .satisfies(category -> {
                    assertThat(category.getAttribute("path") + "/" + category.getAttribute("level-id"))
                            .isEqualTo(OURS);
                    assertThat(category.getAttribute("name")).isEqualTo("GradientTape");
                    assertThat(RegistrationTest.class.getResource("/" + category.getAttribute("icon")))
                            .isNotNull();
                });
    }

    @Test
    void portTypesHaveNamesAndColors() {
        assertThat(DatasetPortObject.TYPE.getName()).isEqualTo("Dataset");
        assertThat(DatasetPortObject.TYPE.getColor()).isEqualTo(0x12969f);
        assertThat(ModelPortObject.TYPE.getName()).isEqualTo("GradientTape Model");
        assertThat(ModelPortObject.TYPE.getColor()).isEqualTo(0xf06a1e);
    }

    private static Stream<IConfigurationElement> ours(final String point) {
        return Arrays.stream(RegistryFactory.getRegistry().getConfigurationElementsFor(point))
                .filter(element -> element.getContributor().getName().equals("org.gradienttape"));
    }
}
