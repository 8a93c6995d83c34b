package org.gradienttape.fuzz;

import org.gradienttape.data.array.NpzSource;
import org.gradienttape.data.array.IdxSource;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.gradienttape.column.Column;
import org.gradienttape.column.ColumnRule;
import org.gradienttape.column.Encoding;
import org.gradienttape.column.MissingRule;
import org.gradienttape.column.NumberEncoding;
import org.gradienttape.column.NumberScaling;
import org.gradienttape.column.OneHotEncoding;
import org.gradienttape.column.TextSplit;
import org.gradienttape.column.TokenEncoding;
import org.gradienttape.column.UnknownRule;
import org.gradienttape.column.Windows;
import org.gradienttape.data.Preprocessing;
import org.gradienttape.data.Target.Classes;
import org.gradienttape.data.Target.Features;
import org.gradienttape.data.csv.CsvFile;
import org.gradienttape.data.csv.CsvSyntax;
import org.gradienttape.data.csv.CsvTable;
import org.gradienttape.data.table.TableReader;
import org.gradienttape.data.table.TableRequest;
import org.gradienttape.data.reader.DatasetReader;
import org.gradienttape.data.source.DatasetSource;
import org.gradienttape.data.source.HeldOut;
import org.gradienttape.data.source.ReadRequest;
import org.gradienttape.data.SampleShape;
import org.gradienttape.data.Scaling;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.keras.KerasFile;
import org.gradienttape.layer.Activation;
import org.gradienttape.layer.AttentionLayer;
import org.gradienttape.layer.ImageLayer;
import org.gradienttape.layer.Initializer;
import org.gradienttape.layer.Layer;
import org.gradienttape.layer.Network;
import org.gradienttape.layer.NormalizationLayer;
import org.gradienttape.layer.Padding;
import org.gradienttape.layer.RecurrentLayer;
import org.gradienttape.layer.Shape;
import org.gradienttape.layer.WeightSettings;
import org.gradienttape.layer.Weights;
import org.gradienttape.layer.Window;
import org.gradienttape.layer.WrapperLayer;
import org.gradienttape.file.IfExists;
import org.gradienttape.model.Model;
import org.gradienttape.model.ModelFile;
import org.gradienttape.pretrained.Layout;
import org.gradienttape.pretrained.NamedWeights;
import org.gradienttape.state.RunState;
import org.gradienttape.model.Provenance;
import org.gradienttape.picture.PictureFile;

/** The readers of the engine. */
final class EngineTargets {
    private static final List<String> JSON = List.of(
            "null", "-1", "1e999", "0.5", "2147483647", "99999999999999999999", "\"\"", "[", "]", "{", "}", ",", ":",
            "\"a\":", "true", "[[", "{\"a\":", "\\u0000", "NaN");
    private static final List<String> NUMPY = List.of(
            "'descr'", "'<f8'", "'<U9'", "'|S3'", "'|O'", "'>i8'", "'fortran_order': True", "'shape': (", "1,", ")", "()",
            "-1", "2147483647", "4294967296", "(1, ", "{", "}", "'");
    private static final List<String> CSV = List.of(
            ",", ";", "\n", "\r\n", "\"", "\"\"", "NaN", "1e999", "-", "", "label", "0x1p3", "1,5", "\0", "\ufeff", "a,b,c\n");

    private EngineTargets() {}

    static List<Target> all(final Path root) throws IOException {
        final List<Target> targets = new ArrayList<>();
        final byte[] images = idx(new int[] {6, 4, 4}, 96);
        targets.add(new Target("IDX images", List.of(images), Target.Form.PLAIN, List.of(), EngineTargets::readImages));
        targets.add(new Target(
                "IDX images, gzip", List.of(gzip(images)), Target.Form.GZIP, List.of(), EngineTargets::readImages));
        targets.add(new Target(
                "IDX labels", List.of(idx(new int[] {6}, 6)), Target.Form.PLAIN, List.of(), EngineTargets::readLabels));
        targets.add(new Target("NPZ", arrays(), Target.Form.ZIP, NUMPY, EngineTargets::readArrays));
        targets.add(new Target("CSV", tables(), Target.Form.PLAIN, CSV, EngineTargets::readTable));
        for (final String format : List.of("png", "jpg", "gif", "bmp", "tiff")) {
            targets.add(new Target(
                    format.toUpperCase(Locale.ROOT),
                    pictures(format),
                    format.equals("png") ? Target.Form.PNG : Target.Form.PLAIN,
                    List.of(),
                    EngineTargets::readPicture));
        }
        final byte[] model = model(Preprocessing.UNKNOWN);
        final List<byte[]> models =
                List.of(model, model(ofTexts()), model(ofSeries()), model(ofSequences(), Preprocessing.UNKNOWN));
        targets.add(new Target("model", models, Target.Form.ZIP, JSON, EngineTargets::readModel));
        targets.add(new Target("stored model", models, Target.Form.ZIP, JSON, (file, folder) -> {
            ModelFile.read(new ByteArrayInputStream(file));
            return 0;
        }));
        targets.add(new Target("checkpoint", List.of(checkpoint(model)), Target.Form.ZIP, JSON, (file, folder) -> {
            ModelFile.readRun(Files.write(folder.resolve("checkpoint-000001.gradienttape"), file));
            return 0;
        }));
        final Map<String, byte[]> entries = entries(model);
        targets.add(new Target(
                "safetensors", List.of(entries.get("weights.safetensors")), Target.Form.PLAIN, JSON, (file, folder) -> {
                    final byte[] zip = zip(Map.of("model.json", entries.get("model.json"), "weights.safetensors", file));
                    return readModel(zip, folder);
                }));
        addKeras(targets, root.resolve("test-fragment/engine/org/gradienttape/keras"));
        targets.add(new Target(
                "safetensors of other programs",
                List.of(entries.get("weights.safetensors")),
                Target.Form.PLAIN,
                JSON,
                (file, folder) -> {
                    NamedWeights.read(
                            Files.write(folder.resolve("a.safetensors"), file), network(), Map.of(), Layout.KERAS);
                    return 0;
                }));
        return targets;
    }

    /** Files as h5py writes them, and as we do. */
    private static void addKeras(final List<Target> targets, final Path examples) throws IOException {
        final Path folder = Files.createTempDirectory("gradienttape-fuzz-");
        final List<byte[]> models = new ArrayList<>();
        for (final String name : List.of("images", "rows", "sequences", "parts")) {
            final Path file = examples.resolve(name + ".keras");
            final Path ours = folder.resolve(name + ".keras");
            final Path weights = folder.resolve(name + ".weights.h5");
            final Model model = KerasFile.read(file);
            KerasFile.write(model, ours, IfExists.FAIL);
            KerasFile.writeWeights(model, weights, IfExists.FAIL);
            models.add(Files.readAllBytes(file));
            models.add(Files.readAllBytes(ours));
            if (!name.equals("rows")) { // whose weights lie in those of a model within, which our network does not have
                targets.add(weights(
                        name,
                        model.network(),
                        List.of(
                                entries(Files.readAllBytes(file)).get("model.weights.h5"),
                                Files.readAllBytes(weights))));
            }
            Files.delete(ours);
            Files.delete(weights);
        }
        Files.delete(folder);
        targets.add(new Target("Keras model", models, Target.Form.ZIP, JSON, (damaged, place) -> {
            final Path copy = Files.write(place.resolve("a.keras"), damaged);
            KerasFile.readOutline(copy);
            KerasFile.read(copy);
            return 0;
        }));
    }

    private static Target weights(final String name, final Network network, final List<byte[]> files) {
        return new Target(
                "HDF5, " + name,
                files,
                Target.Form.PLAIN,
                List.of("layers", "vars", "TREE", "SNOD", "HEAP", "OHDR", "\0\0\0\0\0\0\0\0", "\377\377\377\377"),
                (damaged, place) -> {
                    KerasFile.readWeights(Files.write(place.resolve("a.weights.h5"), damaged), network);
                    return 0;
                });
    }

    /** A state with each kind of value and of array. */
    private static byte[] checkpoint(final byte[] model) throws IOException {
        final RunState run = new RunState(
                Map.of("kind", "a text", "loop/epoch", 3L, "best", 0.25, "warm", true),
                Map.of(
                        "moments", new float[] {1, 2, 3},
                        "sums", new double[] {0.5},
                        "places", new long[] {7, 8},
                        "image", new byte[] {1, 2}));
        final Path file = Files.createTempFile("gradienttape-fuzz-", ".gradienttape");
        try {
            ModelFile.writeCheckpoint(ModelFile.read(new ByteArrayInputStream(model)), run, file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    private static long readImages(final byte[] file, final Path folder) throws IOException {
        return readIdx(file, idx(new int[] {6}, 6), folder);
    }

    private static long readLabels(final byte[] file, final Path folder) throws IOException {
        return readIdx(idx(new int[] {6, 4, 4}, 96), file, folder);
    }

    private static long readIdx(final byte[] images, final byte[] labels, final Path folder) throws IOException {
        final Path first = Files.write(folder.resolve("images"), images);
        final Path second = Files.write(folder.resolve("labels"), labels);
        return read(
                new IdxSource("digits", new IdxSource.Pair(first, second), Optional.empty(), List.of()),
                folder);
    }

    private static long readArrays(final byte[] file, final Path folder) throws IOException {
        final NpzSource.Pair names = new NpzSource.Pair("x", "y");
        return read(new NpzSource(Files.write(folder.resolve("a.npz"), file), names, names), folder);
    }

    private static long readTable(final byte[] file, final Path folder) throws IOException {
        final CsvFile opened = CsvFile.open(
                Files.write(folder.resolve("a.csv"), file), new CsvSyntax(',', CsvSyntax.FirstLine.AUTOMATIC));
        final String target = opened.usualTarget();
        final CsvTable table = CsvTable.open(opened, Map.of(), done -> true);
        final List<ColumnRule> rules = table.columns().stream()
                .filter(column -> !column.name().equals(target))
                .map(column ->
                        new ColumnRule(column, NumberScaling.STANDARDIZED, MissingRule.FILL, UnknownRule.OTHER))
                .toList();
        final TableRequest request = new TableRequest(
                table,
                Optional.empty(),
                rules,
                new TableRequest.Goal.Classes(target),
                Optional.empty(),
                new ReadRequest.Split(new HeldOut.None(), false, 0));
        return TableReader.read(request, folder.resolve("data"), folder.resolve("none"), done -> true)
                .training()
                .info()
                .featureBytes();
    }

    private static long read(final DatasetSource source, final Path folder) throws IOException {
        final ReadRequest request = new ReadRequest(
                source,
                new ReadRequest.Form(Scaling.AS_STORED, SampleShape.FLAT),
                new ReadRequest.Split(new HeldOut.None(), false, 0));
        DatasetReader.describe(request);
        return DatasetReader.read(request, folder.resolve("data"), folder.resolve("none"), done -> true)
                .training()
                .info()
                .featureBytes();
    }

    private static long readPicture(final byte[] file, final Path folder) throws Exception {
        final PictureFile picture = PictureFile.of(file, "the file");
        final long needed = 24L * picture.height() * picture.width();
        try {
            picture.decode(3);
        } catch (final InvalidInputException refused) {
            throw new Watch.NeedsMemory(needed, refused);
        }
        return needed;
    }

    private static long readModel(final byte[] file, final Path folder) throws IOException {
        final Path place = Files.write(folder.resolve("a.gradienttape"), file);
        ModelFile.readOutline(place);
        ModelFile.read(place);
        return 0;
    }

    private static byte[] idx(final int[] sizes, final int count) {
        final ByteBuffer file = ByteBuffer.allocate(4 + 4 * sizes.length + count);
        file.putInt(0x0800 + sizes.length);
        for (final int size : sizes) {
            file.putInt(size);
        }
        while (file.hasRemaining()) {
            file.put((byte) (file.position() % 3));
        }
        return file.array();
    }

    private static byte[] gzip(final byte[] plain) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static List<byte[]> arrays() throws IOException {
        final List<byte[]> files = new ArrayList<>();
        for (final String type : List.of("|u1", "<f4", ">f8", "<i2", "|b1", "<f2")) {
            files.add(zip(Map.of(
                    "x.npy",
                    npy(type, !type.equals(">f8"), "(6, 2, 3)", 36 * (type.charAt(2) - '0')),
                    "y.npy",
                    npy("<i8", true, "(6,)", 48))));
        }
        files.add(zip(Map.of("x.npy", npy("|u1", true, "(6, 5)", 30), "y.npy", npy("<U2", true, "(6,)", 48))));
        return files;
    }

    private static byte[] npy(final String type, final boolean rows, final String shape, final int bytes) {
        final String header = "{'descr': '" + type + "', 'fortran_order': " + (rows ? "False" : "True") + ", 'shape': "
                + shape + ", }\n";
        final ByteBuffer file = ByteBuffer.allocate(10 + header.length() + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        file.put(header.getBytes(StandardCharsets.US_ASCII));
        if (type.contains("U")) {
            while (file.hasRemaining()) {
                file.putInt('a' + file.position() % 3);
            }
        }
        return file.array();
    }

    private static List<byte[]> tables() {
        final StringBuilder numbers = new StringBuilder("a,b,label\n");
        final StringBuilder quoted = new StringBuilder("1.5,\"2\",\"x y\"\n");
        for (int i = 0; i < 12; i++) {
            numbers.append(i).append(',').append(i * 0.25).append(',').append(i % 3).append('\n');
            quoted.append(-i).append(",\"").append(i).append("e-3\",z\r\n");
        }
        return List.of(
                numbers.toString().getBytes(StandardCharsets.UTF_8), quoted.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<byte[]> pictures(final String format) throws IOException {
        final List<byte[]> files = new ArrayList<>();
        for (final int type : new int[] {
            BufferedImage.TYPE_BYTE_GRAY,
            BufferedImage.TYPE_3BYTE_BGR,
            BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_USHORT_GRAY,
            BufferedImage.TYPE_BYTE_BINARY
        }) {
            final BufferedImage image = new BufferedImage(13, 9, type);
            final SplittableRandom random = new SplittableRandom(type);
            for (int y = 0; y < 9; y++) {
                for (int x = 0; x < 13; x++) {
                    image.setRGB(x, y, random.nextInt());
                }
            }
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (ImageIO.write(image, format, bytes)) {
                files.add(bytes.toByteArray());
            }
        }
        return files;
    }

    private static Network network() {
        return Network.of(
                Shape.of(6, 6, 1),
                List.of(
                        new ImageLayer.Conv2D(2, new Window(3, 3, 1, 1, Padding.SAME), Activation.RELU),
                        new NormalizationLayer.BatchNormalization(0.99, 1e-3, true, true),
                        new Layer.Flatten(),
                        new Layer.Dropout(0.5),
                        new Layer.Dense(3, Activation.NONE)));
    }

    /** Layers that call others, or that name their weights after parts of them. */
    private static Network ofSequences() {
        final WeightSettings settings = WeightSettings.DEFAULT;
        return Network.of(
                Shape.of(4, 3),
                List.of(
                        new WrapperLayer.TimeDistributed(new Layer.Dense(2, Activation.TANH)),
                        new WrapperLayer.TimeDistributed(new NormalizationLayer.BatchNormalization()),
                        new WrapperLayer.Bidirectional(
                                new RecurrentLayer.GRU(
                                        2,
                                        Activation.TANH,
                                        Activation.SIGMOID,
                                        true,
                                        0,
                                        0.5,
                                        true,
                                        false,
                                        Initializer.ORTHOGONAL,
                                        settings),
                                WrapperLayer.MergeMode.CONCAT),
                        new AttentionLayer.MultiHeadAttention(1, 2, 2, 0, true, true, settings),
                        new WrapperLayer.TimeDistributed(new Layer.Dropout(0.5))));
    }

    private static byte[] model(final Preprocessing preprocessing) throws IOException {
        return model(network(), preprocessing);
    }

    private static byte[] model(final Network network, final Preprocessing preprocessing) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final Model fresh = new Model(network, Weights.initial(network, 1), Provenance.of("fuzz"));
        ModelFile.write(fresh.with(preprocessing), bytes);
        return bytes.toByteArray();
    }

    /** Columns of each kind, and classes. */
    private static Preprocessing ofTexts() {
        return new Preprocessing(
                new Classes("kind", List.of("a", "b", "c")),
                Optional.empty(),
                Optional.of(new Encoding(
                        List.of(
                                new NumberEncoding("x", NumberScaling.STANDARDIZED, 1, 2, OptionalDouble.of(0.5)),
                                new OneHotEncoding("color", List.of("blue", "red"), true, Optional.empty()),
                                new TokenEncoding(
                                        "text",
                                        new TextSplit(TextSplit.Standardize.LOWER, TextSplit.Unit.WHITESPACE, 4),
                                        List.of("the", "a"),
                                        true)),
                        Optional.empty())));
    }

    /** Windows over time, and numbers. */
    private static Preprocessing ofSeries() {
        return new Preprocessing(
                new Features(),
                Optional.empty(),
                Optional.of(new Encoding(
                        List.of(new NumberEncoding("y", NumberScaling.AS_IT_IS, 0, 1, OptionalDouble.empty())),
                        Optional.of(new Windows(
                                new Column("day", Column.Kind.TEXT),
                                Optional.of(new Column("place", Column.Kind.TEXT)),
                                4,
                                1,
                                true)))));
    }

    private static Map<String, byte[]> entries(final byte[] file) throws IOException {
        final Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }

    /** Stored, as ours are. */
    static byte[] zip(final Map<String, byte[]> entries) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (final String name : entries.keySet().stream().sorted().toList()) {
                final byte[] content = entries.get(name);
                final CRC32 sum = new CRC32();
                sum.update(content);
                final ZipEntry entry = new ZipEntry(name);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(content);
            }
        }
        return bytes.toByteArray();
    }
}
