package org.gradienttape.data.array;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.gradienttape.error.InvalidInputException;

/** A dataset that is known by name and lies in the dataset folder, as the four IDX files of its authors. */
public enum NamedDataset {
    /** 28 x 28 handwritten digits, 60,000 and 10,000 (LeCun, Cortes, Burges; yann.lecun.com/exdb/mnist). */
    MNIST(
            "MNIST",
            "mnist",
            "github.com/cvdfoundation/mnist",
            List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")),
    /** 28 x 28 articles of clothing, 60,000 and 10,000 (Xiao, Rasul, Vollgraf, 2017; arxiv.org/abs/1708.07747). */
    FASHION_MNIST(
            "Fashion-MNIST",
            "fashion-mnist",
            "github.com/zalandoresearch/fashion-mnist",
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot"));

    private static final List<String> TRAINING_FILES = List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte");
    private static final List<String> TEST_FILES = List.of("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

    private final String title;
    private final String folderName;
    private final String origin;
    private final List<String> classNames;

    /**
     * @param origin a page from which a person can download the files
     */
    NamedDataset(final String title, final String folderName, final String origin, final List<String> classNames) {
        this.title = title;
        this.folderName = folderName;
        this.origin = origin;
        this.classNames = classNames;
    }

    /** The name for people, for example "Fashion-MNIST". */
    public String title() {
        return title;
    }

    /** The name of its folder within the dataset folder, for example "fashion-mnist". */
    public String folderName() {
        return folderName;
    }

    /** The names of the ten classes, by label. */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * Where its files are looked for: its folder within the dataset folder, which is the setting, else the system
     * property gradienttape.datasets, else the environment variable GRADIENTTAPE_DATASETS, else
     * ~/.gradienttape/datasets.
     */
    public Path folder(final Optional<Path> setting) {
        return folder(setting, System::getProperty, System::getenv);
    }

    Path folder(
            final Optional<Path> setting,
            final UnaryOperator<String> properties,
            final UnaryOperator<String> environment) {
        return setting.or(() -> path(properties.apply("gradienttape.datasets")))
                .or(() -> path(environment.apply("GRADIENTTAPE_DATASETS")))
                .orElseGet(() -> Path.of(properties.apply("user.home"), ".gradienttape", "datasets"))
                .resolve(folderName);
    }

    /**
     * The files in this folder.
     *
     * @param withTestFiles whether the test files must be there, too
     * @throws InvalidInputException if a file is missing; says which ones belong where
     */
    public IdxSource files(final Path folder, final boolean withTestFiles) {
        final List<String> needed = new ArrayList<>(TRAINING_FILES);
        if (withTestFiles) {
            needed.addAll(TEST_FILES);
        }
        final List<String> missing =
                needed.stream().filter(name -> find(folder, name).isEmpty()).toList();
        if (!missing.isEmpty()) {
            throw new InvalidInputException(title + " needs the files " + String.join(", ", needed)
                    + " (plain or .gz) in the folder " + folder + ", but " + String.join(", ", missing)
                    + (missing.size() == 1 ? " is" : " are") + " not there; download the files from " + origin
                    + " and put them there, or set the dataset folder to one that holds a folder " + folderName
                    + " with them.");
        }
        return new IdxSource(
                title,
                pair(folder, TRAINING_FILES),
                withTestFiles ? Optional.of(pair(folder, TEST_FILES)) : Optional.empty(),
                classNames);
    }

    private static IdxSource.Pair pair(final Path folder, final List<String> names) {
        return new IdxSource.Pair(
                find(folder, names.get(0)).orElseThrow(),
                find(folder, names.get(1)).orElseThrow());
    }

    /** The plain file before the compressed one; some copies have a dot before "idx". */
    private static Optional<Path> find(final Path folder, final String name) {
        final String dotted = name.replace("-idx", ".idx");
        return List.of(name, dotted, name + ".gz", dotted + ".gz").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Optional<Path> path(final String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    }
}
