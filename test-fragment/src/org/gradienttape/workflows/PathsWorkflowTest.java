package org.gradienttape.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.gradienttape.model.ModelFile;
import org.gradienttape.workflows.Headless.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths in a workflow as a whole, in options and flow variables: relative ones begin in the workflow's data area. */
class PathsWorkflowTest {
    private static final int EXECUTION_FAILED = 4;
    private static final List<String> OTHERS = List.of(
            "trainingImages",
            "trainingLabels",
            "testImages",
            "testLabels",
            "npz/file",
            "imageFolder/folder",
            "csv/file");
    private static final String MODEL = "mnist-classifier.gradienttape";

    @TempDir
    private Path folder;

    @Test
    void relativePathsAndUrlsLeadIntoTheDataArea() throws IOException {
        final Path workflow = copy("mnist-classifier", "my flow 100% #1 ä");
        final Path data = Files.createDirectory(workflow.resolve("data"));
        Files.createSymbolicLink(data.resolve("sets"), Path.of(System.getProperty("gradienttape.datasets")));
        final Map<String, String> before = settings(workflow);
        final Set<String> here = names(Path.of(""));

        final Result result = run(
                workflow,
                "-option=1,datasetFolder,sets,String",
                "-option=3,checkpoint/enabled,true,boolean",
                "-option=3,checkpoint/folder,knime://knime.workflow/data/a%20b #1,String",
                "-workflow.variable=target,models\\new/,String");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(ModelFile.read(data.resolve("models/new").resolve(MODEL))).isNotNull();
        assertThat(ModelFile.read(data.resolve("a b #1/best-model.gradienttape")))
                .isNotNull();
        assertThat(names(data)).containsExactlyInAnyOrder("sets", "models", "a b #1");
        assertThat(settings(workflow)).isEqualTo(before);
        assertThat(names(Path.of(""))).isEqualTo(here);
        assertThat(names(folder)).containsExactly(workflow.getFileName().toString());
    }

    @Test
    void whatARunWritesIntoTheDataAreaIsReadByTheNextAndGoesAlongWhenTheWorkflowIsSaved() throws IOException {
        final Path first = copy("mnist-classifier", "first");
        final Path saved = folder.resolve("saved");
        final String model = "data/models/" + MODEL;

        assertThat(run(first, "-destDir=" + saved).exitCode()).isZero();

        assertThat(saved.resolve(model)).hasSameBinaryContentAs(first.resolve(model));

        final Path second = copy("continue-training", "second");
        Files.move(saved.resolve("data"), second.resolve("data"));
        final Result next = run(
                second,
                "-option=2,path,models/" + MODEL + ",String",
                "-workflow.variable=target,models/next,String",
                "-save");

        assertThat(next.exitCode()).as(next.output()).isZero();
        assertThat(second.resolve(model)).hasSameBinaryContentAs(first.resolve(model));
        assertThat(names(second.resolve("data/models/next"))).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mnist-classifier | 1,datasetFolder | dataset folder |",
                "mnist-classifier | 1,trainingImages | file of the training images | source,IDX_FILES",
                "mnist-classifier | 1,trainingLabels | file of the training labels | source,IDX_FILES",
                "mnist-classifier | 1,testImages | file of the test images | source,IDX_FILES",
                "mnist-classifier | 1,testLabels | file of the test labels | source,IDX_FILES",
                "mnist-classifier | 1,npz/file | NPZ file | source,NPZ_FILE",
                "mnist-classifier | 1,imageFolder/folder | image folder | source,IMAGE_FOLDER",
                "mnist-classifier | 1,imageFolder/testFolder | folder of test images | source,IMAGE_FOLDER",
                "mnist-classifier | 1,csv/file | CSV file | source,CSV_FILE",
                "mnist-classifier | 1,csv/testFile | CSV file of test samples | source,CSV_FILE",
                "mnist-classifier | 3,checkpoint/folder | folder of the checkpoint |",
                "mnist-classifier | 5,folder | folder of the model file |",
                "continue-training | 2,path | path of the model file |",
                "mnist-dcgan | 6,folder | folder of the images |"
            })
    void everySettingRefusesAUrlThatLeadsNowhere(
            final String example, final String setting, final String what, final String source) throws IOException {
        final Path workflow = copy(example, "flow");
        final List<String> options = new ArrayList<>();
        if (source != null) {
            options.add("-option=1," + source + ",String");
            OTHERS.forEach(other -> options.add("-option=1," + other + ",/nowhere,String"));
        }
        if (example.equals("mnist-dcgan")) {
            options.addAll(List.of("-option=4,stepLimit_is_present,true,boolean", "-option=4,stepLimit,1,int"));
        }
        if (setting.startsWith("3,")) {
            options.add("-option=3,checkpoint/enabled,true,boolean");
        }
        final String url = "knime://knime.space/x";
        options.add(
                setting.endsWith(",folder")
                        ? "-workflow.variable=target," + url + ",String"
                        : "-option=" + setting + "," + url + ",String");

        final Result result = run(workflow, options.toArray(String[]::new));

        assertThat(result.exitCode()).as(result.output()).isEqualTo(EXECUTION_FAILED);
        assertThat(result.output())
                .contains("The " + what + ", \"" + url + "\", cannot be found from this workflow (The workflow is in no"
                        + " space, since it was opened from a folder); choose a whole path of this machine.")
                .doesNotContain("Exception");
        assertThat(workflow.resolve("data")).doesNotExist();
    }

    /** A copy of an example whose Model Writer or Image Writer has its folder from the variable target. */
    private Path copy(final String example, final String name) throws IOException {
        final Path workflow = folder.resolve(name);
        Folders.copy(Folders.example(example), workflow);
        final String writer = example.equals("mnist-dcgan") ? "Image Writer (#6)" : "Model Writer (#5)";
        Folders.edit(workflow.resolve(writer + "/settings.xml"), "value=\"knime.workspace\"", "value=\"target\"");
        return workflow;
    }

    private static Result run(final Path workflow, final String... options) {
        final List<String> arguments = new ArrayList<>(List.of(
                workflow.toString(),
                "-option=1,limit_is_present,true,boolean",
                "-option=1,limit,64,int",
                "-workflow.variable=target,models,String"));
        arguments.addAll(List.of(options));
        return Headless.run(arguments);
    }

    private static Map<String, String> settings(final Path workflow) throws IOException {
        final Map<String, String> content = Folders.content(workflow);
        content.keySet().removeIf(name -> name.startsWith("data/"));
        return content;
    }

    private static Set<String> names(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.toAbsolutePath())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
