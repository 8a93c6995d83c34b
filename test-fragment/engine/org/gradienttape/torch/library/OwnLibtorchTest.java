package org.gradienttape.torch.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.LibUtils;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.JavaProcess;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;
import org.gradienttape.torch.Execution;
import org.gradienttape.torch.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnLibtorchTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderWithCudasPartIsOfCuda() throws IOException {
        Files.createFile(folder.resolve(System.mapLibraryName("torch")));
        assertThat(OwnLibtorch.flavorIn(folder.toString())).isEqualTo("cpu");

        Files.createFile(folder.resolve(System.mapLibraryName("torch_cuda")));
        assertThat(OwnLibtorch.flavorIn(folder.toString())).isEqualTo("cu128");
        assertThat(OwnLibtorch.flavorIn(folder.resolve("nowhere") + File.pathSeparator + folder))
                .isEqualTo("cu128");
    }

    @Test
    void aFolderWithoutLibtorchIsAnError() {
        assertThatThrownBy(() -> OwnLibtorch.flavorIn(folder.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The environment variable PYTORCH_LIBRARY_PATH should name the lib folder of a libtorch,"
                        + " but there is no file " + System.mapLibraryName("torch") + " in " + folder
                        + "; correct it, or unset it to use the libtorch that came with the nodes.");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "build-version,\"2.10.0+cu130\n\",2.10.0+cu130",
                "version.py,\"debug = False\n__version__ = '2.6.0'\n\",2.6.0",
                "build-version,2.7.10,2.7.10"
            })
    void anotherVersionIsAnError(final String file, final String content, final String version) throws IOException {
        final Path lib = Files.createDirectory(folder.resolve("lib"));
        Files.createFile(lib.resolve(System.mapLibraryName("torch")));
        Files.writeString(folder.resolve(file), content);

        assertThatThrownBy(() -> OwnLibtorch.flavorIn(lib.toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The environment variable PYTORCH_LIBRARY_PATH should name the lib folder of a libtorch"
                        + " 2.7.1, but the one in " + lib + " is " + version + "; get that version, or unset the"
                        + " variable to use the libtorch that came with the nodes.");
    }

    @Test
    void djlsVersionIsNoError() throws IOException {
        final Path lib = Files.createDirectory(folder.resolve("lib"));
        Files.createFile(lib.resolve(System.mapLibraryName("torch")));
        Files.writeString(folder.resolve("build-version"), OwnLibtorch.VERSION + "+cu128\n");

        assertThat(OwnLibtorch.flavorIn(lib.toString())).isEqualTo("cpu");
        assertThat(backend().engine()).startsWith("PyTorch " + OwnLibtorch.VERSION);
    }

    /** In a process of its own, with the libraries that this one has unpacked, and nothing else of DJL's beside them. */
    @Test
    void theFolderIsEnoughToRunOnIt() throws IOException, InterruptedException {
        TorchEngine.start();
        final Path libtorch = Files.createDirectory(folder.resolve("lib"));
        try (var files = Files.newDirectoryStream(Path.of(LibUtils.getLibtorchPath()), "*")) {
            for (final Path file : files) {
                if (!file.getFileName().toString().contains("djl")) {
                    Files.createSymbolicLink(libtorch.resolve(file.getFileName()), file);
                }
            }
        }
        final ProcessBuilder command =
                new ProcessBuilder(JavaProcess.command(List.of(), BackendLine.class)).redirectErrorStream(true);
        command.environment().put(OwnLibtorch.FOLDER, libtorch.toString());
        command.environment().put("DJL_CACHE_DIR", folder.resolve("cache").toString());

        final Process process = command.start();

        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        // Before that, Java may say which options it took from the environment.
        assertThat(output.lines().reduce((before, last) -> last))
                .hasValue(
                        "Backend: " + backend().engine() + " (DJL 0.36.0) on CPU, 2 threads, libraries in " + libtorch);
    }

    private static Backend backend() {
        return Backend.of(new Compute(Device.CPU, 2, Execution.EAGER));
    }

    /** Prints what a run on the CPU with two threads would use. */
    static final class BackendLine {
        private BackendLine() {}

        public static void main(final String[] args) {
            System.out.println(backend());
        }
    }
}
