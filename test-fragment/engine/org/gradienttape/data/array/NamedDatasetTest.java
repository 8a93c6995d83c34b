package org.gradienttape.data.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradienttape.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedDatasetTest {
    private static final Map<String, String> PROPERTIES =
            Map.of("gradienttape.datasets", "/property", "user.home", "/home/someone");
    private static final Map<String, String> ENVIRONMENT = Map.of("GRADIENTTAPE_DATASETS", "/environment");
    private static final Map<String, String> HOME = Map.of("user.home", "/home/someone");

    @TempDir
    Path folder;

    @Test
    void looksAtSettingThenPropertyThenEnvironmentThenHome() {
        final NamedDataset mnist = NamedDataset.MNIST;

        assertThat(mnist.folder(Optional.of(Path.of("/setting")), PROPERTIES::get, ENVIRONMENT::get))
                .isEqualTo(Path.of("/setting/mnist"));
        assertThat(mnist.folder(Optional.empty(), PROPERTIES::get, ENVIRONMENT::get))
                .isEqualTo(Path.of("/property/mnist"));
        assertThat(mnist.folder(Optional.empty(), HOME::get, ENVIRONMENT::get))
                .isEqualTo(Path.of("/environment/mnist"));
        assertThat(NamedDataset.FASHION_MNIST.folder(Optional.empty(), HOME::get, name -> null))
                .isEqualTo(Path.of("/home/someone/.gradienttape/datasets/fashion-mnist"));
        assertThat(mnist.folder(Optional.empty(), HOME::get, name -> " "))
                .isEqualTo(Path.of("/home/someone/.gradienttape/datasets/mnist"));
    }

    @Test
    void takesTheUsualNamesPlainOrCompressed() throws IOException {
        for (final List<String> names : List.of(
                List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
                List.of("train-images.idx3-ubyte", "train-labels.idx1-ubyte"),
                List.of("train-images-idx3-ubyte.gz", "train-labels.idx1-ubyte.gz"))) {
            final Path place = Files.createDirectory(folder.resolve(names.get(0)));
            for (final String name : names) {
                Files.createFile(place.resolve(name));
            }

            final IdxSource source = NamedDataset.MNIST.files(place, false);

            assertThat(source.training().images()).isEqualTo(place.resolve(names.get(0)));
            assertThat(source.training().labels()).isEqualTo(place.resolve(names.get(1)));
        }
    }

    @Test
    void takesThePlainFileFirst() throws IOException {
        for (final String name : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte")) {
            Files.createFile(folder.resolve(name));
            Files.createFile(folder.resolve(name + ".gz"));
        }

        assertThat(NamedDataset.MNIST.files(folder, false).training().images())
                .isEqualTo(folder.resolve("train-images-idx3-ubyte"));
    }

    @Test
    void saysWhichFilesBelongWhereAndHowToGetThem() throws IOException {
        for (final String name :
                List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte")) {
            Files.createFile(folder.resolve(name));
        }

        assertThatThrownBy(() -> NamedDataset.FASHION_MNIST.files(folder, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Fashion-MNIST needs the files train-images-idx3-ubyte, train-labels-idx1-ubyte,"
                        + " t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (plain or .gz) in the folder " + folder
                        + ", but t10k-labels-idx1-ubyte is not there; download the files from"
                        + " github.com/zalandoresearch/fashion-mnist and put them there, or set the dataset folder to one"
                        + " that holds a folder fashion-mnist with them.");
        assertThat(NamedDataset.FASHION_MNIST.files(folder, false).test()).isEmpty();
    }

    @Test
    void knowsTheClasses() {
        assertThat(NamedDataset.MNIST.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(NamedDataset.FASHION_MNIST.classNames()) // github.com/zalandoresearch/fashion-mnist, section Labels
                .containsExactly(
                        "T-shirt/top",
                        "Trouser",
                        "Pullover",
                        "Dress",
                        "Coat",
                        "Sandal",
                        "Shirt",
                        "Sneaker",
                        "Bag",
                        "Ankle boot");
    }
}
