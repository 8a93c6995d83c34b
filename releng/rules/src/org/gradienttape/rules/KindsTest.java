package org.gradienttape.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * How many files of engine and nodes know a kind of layer or optimizer: at most three, so that another one costs no more.
 * Presets use layers and are not counted. A number in the dialog that no other kind has is written in further files, as
 * CONTRIBUTING says: LeakyReLU's slope in one, Adagrad's numbers in four.
 */
class KindsTest {
    private static final String PRESETS = "org.gradienttape.layer.Presets";

    @Test
    void aLayerIsKnownWhereItIsDescribedAndWhereItIsChosen() {
        assertThat(files("org.gradienttape.layer.ActivationLayer$LeakyReLU"))
                .containsExactlyInAnyOrder(
                        "org.gradienttape.layer.ActivationLayer", "org.gradienttape.nodes.modelbuilder.LayerType");
    }

    @Test
    void anOptimizerIsKnownWhereItIsDescribedAndComputedAndWhereItIsChosen() {
        for (final String kind : List.of("Adagrad", "RmsProp", "AdamW", "Nadam")) {
            assertThat(files("org.gradienttape.optimizer.OptimizerConfig$" + kind))
                    .containsExactlyInAnyOrder(
                            "org.gradienttape.optimizer.OptimizerConfig",
                            "org.gradienttape.optimizer." + kind + "Rule",
                            "org.gradienttape.nodes.OptimizerType");
        }
    }

    private static Set<String> files(final String kind) {
        final JavaClass type = ClassFiles.PLUGIN.get(kind);
        return Stream.concat(
                        Stream.of(type),
                        type.getDirectDependenciesToSelf().stream().map(Dependency::getOriginClass))
                .map(user -> user.getName().replaceFirst("\\$.*", ""))
                .filter(file -> !file.equals(PRESETS))
                .collect(Collectors.toSet());
    }
}
