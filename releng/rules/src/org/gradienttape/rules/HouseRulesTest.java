package org.gradienttape.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules between engine, nodes and host, and those that hold everywhere. */
class HouseRulesTest {
    private static final Path ROOT = Path.of(System.getProperty("gradienttape.root"));
    private static final long MOST_TYPES = 30;

    /** Its text is what a person at the terminal came for. */
    private static final String HEADLESS_RUNNER = "org.gradienttape.host.batch";

    /** The stand-in for KNIME's API, and what it keeps for the runner: the folder host/api. */
    private static final String[] KNIMES_API = {"org.knime..", "org.gradienttape.host.api.."};

    @Test
    void nodesDoNotDependOnOneAnother() {
        slices().matching("org.gradienttape.nodes.(*)..")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        JavaClass.Predicates.resideInAPackage("org.gradienttape.nodes.."),
                        JavaClass.Predicates.resideInAnyPackage(
                                "org.gradienttape.nodes.ports",
                                "org.gradienttape.nodes.log",
                                "org.gradienttape.nodes.prediction",
                                "org.gradienttape.nodes.table",
                                "org.gradienttape.nodes.training",
                                "org.gradienttape.nodes.view"))
                .check(ClassFiles.NODES);
    }

    /** What is in a room must be seen at a glance. Java keeps the kinds of a sealed type in one package: the layers. */
    @Test
    void noRoomIsCrowded() throws IOException {
        for (final String sources : List.of("src", "nodes", "host/api", "host/runner")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(sources))) {
                assertThat(files.filter(file -> file.toString().endsWith(".java"))
                                .filter(file -> !file.endsWith("package-info.java"))
                                .filter(file -> !file.toString().matches(".*/layer/\\w+Layer[.]java"))
                                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting())))
                        .allSatisfy((room, types) ->
                                assertThat(types).as(room.toString()).isLessThanOrEqualTo(MOST_TYPES));
            }
        }
    }

    @Test
    void whatNodesShareKnowsNoNode() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.gradienttape.nodes",
                        "org.gradienttape.nodes.ports",
                        "org.gradienttape.nodes.log",
                        "org.gradienttape.nodes.prediction",
                        "org.gradienttape.nodes.table",
                        "org.gradienttape.nodes.training",
                        "org.gradienttape.nodes.view")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.gradienttape.nodes.*")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(
                                "org.gradienttape.nodes.ports",
                                "org.gradienttape.nodes.log",
                                "org.gradienttape.nodes.prediction",
                                "org.gradienttape.nodes.table",
                                "org.gradienttape.nodes.training",
                                "org.gradienttape.nodes.view")))
                .check(ClassFiles.NODES);
    }

    /** What a person types means something only in a workflow: a relative path is none of the process's folder. */
    @Test
    void onlyOneClassReadsThePathsThatPeopleType() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.gradienttape.nodes.LocalPath")
                .should()
                .callMethod(Path.class, "of", String.class, String[].class)
                .orShould()
                .callMethod(Paths.class, "get", String.class, String[].class)
                .orShould()
                .callConstructor(File.class, String.class)
                .check(ClassFiles.NODES);
    }

    /** All that nodes use of org.knime.core.util; both are public in KNIME 5.8.0 and 5.9.0. */
    @Test
    void ofKnimesUtilitiesTwoMethodsAreUsed() {
        final Set<String> allowed = Set.of(
                "org.knime.core.util.FileUtil.toURL(java.lang.String)",
                "org.knime.core.util.FileUtil.getFileFromURL(java.net.URL)");

        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "the target is another utility of KNIME",
                        (final JavaMethodCall call) ->
                                call.getTargetOwner().getPackageName().startsWith("org.knime.core.util")
                                        && !allowed.contains(call.getTarget().getFullName())))
                .check(ClassFiles.PLUGIN);
    }

    @Test
    void onlyTheHostKnowsTheHost() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.gradienttape.host..")
                .check(ClassFiles.PLUGIN);
    }

    @Test
    void theHostKnowsNothingOfThePlugin() {
        noClasses()
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.gradienttape..")
                        .and(JavaClass.Predicates.resideOutsideOfPackage("org.gradienttape.host..")))
                .check(ClassFiles.HOST);
    }

    @Test
    void knimesApiKnowsNothingOfTheRunner() {
        noClasses()
                .that()
                .resideInAnyPackage(KNIMES_API)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.gradienttape.host..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(KNIMES_API)))
                .check(ClassFiles.HOST);
    }

    /** Those of org.knime have cycles in KNIME, too: its signatures want them. */
    @Test
    void thePackagesOfTheHostHaveNoCycles() {
        slices().matching("org.gradienttape.host.(*)").should().beFreeOfCycles().check(ClassFiles.HOST);
        slices().matching("org.gradienttape.host.api.(*)")
                .should()
                .notDependOnEachOther()
                .check(ClassFiles.HOST);
    }

    @Test
    void nobodyPrints() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(ClassFiles.PLUGIN);
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
                ClassFiles.HOST.that(JavaClass.Predicates.resideOutsideOfPackage(HEADLESS_RUNNER)));
    }

    @Test
    void nobodyForcesGarbageCollectionOrEndsTheProcess() {
        noClasses().should().callMethod(System.class, "gc").check(ClassFiles.PLUGIN);
        noClasses().should().callMethod(System.class, "exit", int.class).check(ClassFiles.PLUGIN);
        noClasses().should().callMethod(System.class, "gc").check(ClassFiles.HOST);
    }
}
