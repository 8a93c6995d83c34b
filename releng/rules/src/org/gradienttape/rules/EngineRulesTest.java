package org.gradienttape.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine in src/: plain Java, no KNIME, one package per noun, each using only the packages of its row. */
class EngineRulesTest {
    /** What each package of the engine may use of the engine. Everything may use the JDK. */
    private static final Map<String, String> MAY_USE = Map.ofEntries(
            Map.entry("error", ""),
            Map.entry("file", "error"),
            Map.entry("json", "error"),
            Map.entry("state", "error"),
            Map.entry("tensor", ""),
            Map.entry("graph", "tensor"),
            Map.entry("layer", "error tensor state"),
            Map.entry("loss", "error tensor"),
            Map.entry("optimizer", "error tensor state"),
            Map.entry("metric", "error"),
            Map.entry("picture", "error"),
            Map.entry("column", "error json"),
            Map.entry("data", "error file json column layer"),
            Map.entry("data.source", "error column layer data"),
            Map.entry("data.array", "error file data data.source"),
            Map.entry("data.csv", "error file column data data.source"),
            Map.entry("data.image", "error file picture data data.source"),
            Map.entry("data.reader", "error column layer data data.source data.csv data.image"),
            Map.entry("data.table", "error column layer data data.source data.reader"),
            Map.entry("model", "error file json column layer data state"),
            Map.entry("hdf5", "error"),
            Map.entry("keras", "error file json layer data model hdf5"),
            Map.entry("pretrained", "error file json layer"),
            Map.entry("analysis", "error metric"),
            Map.entry("image", "error file data layer"),
            Map.entry("callback", "error file analysis model layer state"),
            Map.entry("train", "error metric data callback state"),
            Map.entry("checkpoint", "error file data model train state"),
            Map.entry("distributed", "error tensor state model train"),
            Map.entry(
                    "cluster",
                    "error file json data model callback loss metric optimizer checkpoint distributed train torch torch.training"),
            Map.entry("gan", "error layer train state"),
            Map.entry("tensorboard", "error file data layer state train gan image"),
            Map.entry("script", "layer"),
            Map.entry("export", "error file tensor graph layer data model script code"),
            Map.entry(
                    "learner",
                    "error column layer data data.source data.table loss metric callback optimizer model train torch torch.training"),
            Map.entry("step", "tensor layer loss optimizer"),
            Map.entry("code", "error tensor graph layer loss optimizer metric step state"),
            Map.entry("torch.library", "error file"),
            Map.entry("torch", "error tensor graph script code state distributed torch.library"),
            Map.entry("torch.feed", "error tensor layer metric data torch"),
            Map.entry(
                    "torch.training",
                    "error tensor layer loss optimizer metric data model callback train gan step code state checkpoint distributed tensorboard torch torch.feed"),
            Map.entry(
                    "torch.gan",
                    "error layer loss optimizer tensor data model callback train gan step code state checkpoint distributed torch torch.feed torch.training"),
            Map.entry(
                    "torch.prediction",
                    "error tensor graph layer metric data model code distributed torch torch.feed torch.training"));

    /** The packages that may use each library. */
    private static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("org.knowm.xchart..", Set.of("image")),
            Map.entry("com.twelvemonkeys..", Set.of("picture")),
            Map.entry("de.siegmar.fastcsv..", Set.of("data.csv")),
            Map.entry("org.apache.commons.math3..", Set.of("analysis")),
            Map.entry("org.eclipse.jdt..", Set.of("code")),
            Map.entry("org.objectweb.asm..", Set.of("code")),
            Map.entry("com.google.gson..", Set.of("json", "column", "data", "model", "export", "keras")),
            Map.entry("io.jhdf..", Set.of("hdf5")),
            Map.entry("ai.onnx.proto..", Set.of("export")),
            Map.entry("com.google.protobuf..", Set.of("export", "tensorboard")),
            Map.entry("com.sun.jna..", Set.of("torch.library")));

    static Stream<Map.Entry<String, String>> packages() {
        return MAY_USE.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyThePackagesOfItsRow(final Map.Entry<String, String> row) {
        final String[] allowed = Stream.concat(
                        Stream.of(row.getKey()), Arrays.stream(row.getValue().split(" ")))
                .filter(name -> !name.isEmpty())
                .map(name -> "org.gradienttape." + name)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage("org.gradienttape." + row.getKey())
                .should()
                .dependOnClassesThat(
                        resideInAPackage("org.gradienttape..").and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(ClassFiles.ENGINE);
    }

    @Test
    void everyPackageHasARow() {
        final var found = ClassFiles.ENGINE.stream()
                .map(type -> type.getPackageName().replace("org.gradienttape.", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(MAY_USE.keySet()).containsAll(found);
        assertThat(found).contains("data", "layer", "train", "torch", "model");
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("org.gradienttape.(**)").should().beFreeOfCycles().check(ClassFiles.ENGINE);
    }

    @Test
    void onlyTorchKnowsDjl() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.gradienttape.torch..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(ClassFiles.PLUGIN);
    }

    @Test
    void theEngineKnowsNeitherKnimeNorEclipse() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "org.knime..", "org.eclipse..", "org.osgi..", "org.gradienttape.nodes..")
                        .and(DescribedPredicate.not(resideInAPackage("org.eclipse.jdt..")))) // the nested compiler
                .check(ClassFiles.ENGINE);
    }

    static Stream<String> libraries() {
        return LIBRARIES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void aLibraryStaysInItsPackages(final String library) {
        final String[] users = LIBRARIES.get(library).stream()
                .map(name -> "org.gradienttape." + name)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideOutsideOfPackages(users)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(ClassFiles.PLUGIN);
    }
}
