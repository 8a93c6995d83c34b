package org.gradienttape.testflows;

import java.io.ByteArrayOutputStream;
import java.util.List;
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
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.tabletodataset.TableToDatasetNodeFactory;
import org.gradienttape.nodes.trainer.GradientTapeTrainerNodeFactory;
import org.knime.core.node.InvalidSettingsException;

/**
 * The test workflows: one for each node, named as the node's files are. They need no other extension than KNIME's testing
 * framework, and only files that lie in the workflow. The numbers of the expected tables follow from the rows that go in;
 * those that training made were taken from a run and are compared with a tolerance, since the last digits depend on
 * the processor.
 */
final class Testflows {
    /** Two clouds of points; each number is a sum of powers of 2, so that samples in single precision keep it. */
    private static final String POINTS = """
            0.125, 0.25, low
            0.875, 0.75, high
            0.25, 0.125, low
            0.75, 0.875, high
            0.125, 0.5, low
            0.75, 0.625, high
            0.375, 0.25, low
            1.0, 0.75, high""";

    private static final String POINT_COLUMNS = "x:Double, y:Double, Label:String";
    private static final String[] SMALL_NETWORK = {
        "preset String CUSTOM",
        "inputShape String 2",
        "layers/0/units int 4",
        "layers/1/units int 4",
        "layers/2/units int 2"
    };
    private static final String DATA = "knime://knime.workflow/data";
    private static final String IMAGES = "images-idx3-ubyte";
    private static final String LABELS = "labels-idx1-ubyte";
    /** How far numbers of a training may be from those of another processor. */
    private static final String NEAR = " 0.001";

    private Testflows() {}

    static List<Testflow> all() throws InvalidSettingsException {
        return List.of(
                datasetReader(),
                tableToDataset(),
                datasetToTable(),
                modelBuilder(),
                layer(),
                learner(),
                trainer(),
                ganTrainer(),
                metricTracker(),
                modelPredictor(),
                modelWriter(),
                modelReader(),
                imageWriter());
    }

    private static Testflow datasetReader() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "dataset-reader", "Images of IDX files become samples with a label. The last two are held out.");
        final int reader =
                images(flow, 4, "FLAT", "LAST_SAMPLES", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        final int training = flow.node(new DatasetToTableNodeFactory(), null, "samplesAs String NUMBERS");
        final int heldOut = flow.node(new DatasetToTableNodeFactory(), null, "samplesAs String NUMBERS");
        flow.connect(reader, 1, training, 1);
        flow.connect(reader, 2, heldOut, 1);
        flow.expect(training, 1, pixelColumns(4), """
                0, 1, 2, 3, 0
                4, 5, 6, 7, 1""");
        flow.expect(heldOut, 1, pixelColumns(4), """
                8, 9, 10, 11, 0
                12, 13, 14, 15, 1""");
        return flow;
    }

    private static Testflow tableToDataset() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "table-to-dataset", "Rows of numbers become samples with a class. The last two rows are held out.");
        final int samples = flow.node(
                new TableToDatasetNodeFactory(),
                null,
                "target/column String Label",
                "encoding/numbers String AS_IT_IS",
                "heldOut/part String LAST_ROWS",
                "heldOut/lastRows int 2");
        flow.connect(flow.table(POINT_COLUMNS, POINTS), 1, samples, 1);
        final int training = flow.node(new DatasetToTableNodeFactory(), null);
        final int heldOut = flow.node(new DatasetToTableNodeFactory(), null);
        flow.connect(samples, 1, training, 1);
        flow.connect(samples, 2, heldOut, 1);
        flow.expect(training, 1, POINT_COLUMNS, lines(POINTS, 0, 6));
        flow.expect(heldOut, 1, POINT_COLUMNS, lines(POINTS, 6, 8));
        return flow;
    }

    private static Testflow datasetToTable() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "dataset-to-table",
                "The first three samples as the rows that they were; all numbers of two images of 2 x 2 pixels.");
        final int rows =
                flow.node(new DatasetToTableNodeFactory(), null, "limit_is_present boolean true", "limit int 3");
        flow.connect(points(flow), 1, rows, 1);
        flow.expect(rows, 1, POINT_COLUMNS, lines(POINTS, 0, 3));
        final int pixels = flow.node(new DatasetToTableNodeFactory(), null, "samplesAs String NUMBERS");
        flow.connect(images(flow, 2, "IMAGE", "NONE", 0, 255, 16, 32, 1, 2, 3, 4), 1, pixels, 1);
        flow.expect(pixels, 1, pixelColumns(4), """
                0, 255, 16, 32, 0
                1, 2, 3, 4, 1""");
        return flow;
    }

    private static Testflow modelBuilder() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "model-builder", "Three layers on two numbers: 2 x 4 + 4, 4 x 4 + 4 and 4 x 2 + 2 parameters.");
        final int builder = flow.node(new ModelBuilderNodeFactory(), null, SMALL_NETWORK);
        flow.expect(
                builder,
                2,
                "Layer:String, Type:String, Output shape:String, Parameters:Long, Connected to:String,"
                        + " Trainable:Boolean",
                """
                dense, Dense, 4, 12, input, true
                dense_1, Dense, 4, 20, dense, true
                dense_2, Dense, 2, 10, dense_1, true""");
        return flow;
    }

    /** Each step sees all points, so that their order does not matter; the numbers were computed with NumPy. */
    private static Testflow layer() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "layer", "An input, a Dense layer behind it, and the sum of both, which learns for two steps.");
        final int reader = points(flow);
        final int trainer = flow.node(
                new GradientTapeTrainerNodeFactory(),
                null,
                "epochs int 2",
                "batchSize int 8",
                "learningRate double 0.5",
                "device String CPU");
        flow.connect(drawn(flow), 1, trainer, 1);
        flow.connect(reader, 1, trainer, 2);
        flow.expect(
                predicted(flow, trainer, reader),
                1,
                "Label:String, Predicted class:String, P (Label=high):Double, P (Label=low):Double",
                """
                low, low, 0.47997, 0.52003
                high, high, 0.61622, 0.38378
                low, high, 0.54415, 0.45585
                high, high, 0.55386, 0.44614
                low, low, 0.43092, 0.56908
                high, high, 0.60210, 0.39790
                low, high, 0.55882, 0.44118
                high, high, 0.65289, 0.34711""",
                "P (Label=high)" + NEAR,
                "P (Label=low)" + NEAR);
        return flow;
    }

    /** Kernels of ones. */
    private static int drawn(final Testflow flow) throws InvalidSettingsException {
        final int input = flow.node(new ModelBuilderNodeFactory(), null, "preset String INPUT", "inputShape String 2");
        final int dense = flow.node(
                new LayerNodeFactory(), null, "layer/units int 2", "layer/weights/kernelInitializer String ONES");
        final int sum = flow.node(new LayerNodeFactory(), "More models", ModelPortObject.TYPE, "kind String JOIN");
        flow.connect(input, 1, dense, 1);
        flow.connect(dense, 1, sum, 1);
        flow.connect(input, 1, sum, 2);
        return sum;
    }

    private static Testflow trainer() throws InvalidSettingsException {
        final Testflow flow = new Testflow("gradienttape-trainer", "Two epochs of two steps on eight points.");
        final int trainer = trained(flow, points(flow));
        flow.expect(
                trainer, 2, "Epoch:Int, Step:Int, Samples seen:Long, Loss:Double, Accuracy:Double", """
                0, 0, 4, 0.68821, 0.75
                0, 1, 8, 0.83460, 0.5
                1, 0, 4, 0.61718, 1.0
                1, 1, 8, 0.56192, 0.875""", "Loss" + NEAR);
        flow.expect(
                trainer,
                3,
                "Epoch:Int, Steps:Int, Loss:Double, Accuracy:Double, Validation loss:Double,"
                        + " Validation accuracy:Double, Learning rate:Double, Seconds:Double",
                """
                0, 2, 0.76141, 0.5, , , 0.5, 0
                1, 2, 0.58955, 0.875, , , 0.5, 0""",
                "Loss" + NEAR,
                "Seconds ignored");
        return flow;
    }

    private static Testflow learner() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "neural-network-learner", "Two epochs on six of eight points, with the other two held out.");
        final int learner = flow.node(
                new NeuralNetworkLearnerNodeFactory(),
                null,
                "targetColumn String Label",
                "hiddenLayers String 4",
                "heldOut double 0.25",
                "epochs int 2",
                "batchSize int 4",
                "learningRate double 0.1");
        flow.connect(flow.table(POINT_COLUMNS, POINTS), 1, learner, 1);
        flow.expect(
                learner, 2, "Epoch:Int, Step:Int, Samples seen:Long, Loss:Double, Accuracy:Double", """
                0, 0, 4, 0.67490, 1.0
                1, 0, 4, 0.34151, 1.0""", "Loss" + NEAR);
        return flow;
    }

    private static Testflow ganTrainer() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "gan-trainer", "Two steps on eight images of 2 x 2 pixels; the same seed makes the same images.");
        final int reader = images(
                flow,
                8,
                "IMAGE",
                "DIVIDE_BY_255",
                0,
                255,
                16,
                32,
                1,
                2,
                3,
                4,
                9,
                8,
                7,
                6,
                50,
                60,
                70,
                80,
                5,
                5,
                5,
                5,
                200,
                100,
                0,
                50,
                99,
                98,
                97,
                96,
                11,
                22,
                33,
                44);
        final int generator = flow.node(
                new ModelBuilderNodeFactory(),
                null,
                "preset String CUSTOM",
                "inputShape String 3",
                "layers/0/units int 4",
                "layers/1/units int 4",
                "layers/1/activation String SIGMOID",
                "layers/2/type String RESHAPE",
                "layers/2/targetShape String 2, 2, 1");
        final int discriminator = flow.node(
                new ModelBuilderNodeFactory(),
                null,
                "preset String CUSTOM",
                "inputShape String 2, 2, 1",
                "layers/0/type String FLATTEN",
                "layers/1/units int 4",
                "layers/2/units int 1");
        final int first = gan(flow, generator, discriminator, reader);
        final int second = gan(flow, generator, discriminator, reader);
        flow.expect(
                first,
                3,
                "Epoch:Int, Step:Int, Discriminator loss:Double, Generator loss:Double",
                """
                0, 0, 0.57613, 1.25023
                0, 1, 0.58074, 1.24800""",
                "Discriminator loss" + NEAR,
                "Generator loss" + NEAR);
        flow.same(first, 4, second, 4, new String[] {"Epoch", "Step", "Image"});
        return flow;
    }

    private static int gan(final Testflow flow, final int generator, final int discriminator, final int reader)
            throws InvalidSettingsException {
        final int trainer = flow.node(
                new GanTrainerNodeFactory(),
                null,
                "epochs int 1",
                "batchSize int 4",
                "latentDimension int 3",
                "logEvery int 1",
                "imageEvery int 1",
                "device String CPU");
        flow.connect(generator, 1, trainer, 1);
        flow.connect(discriminator, 1, trainer, 2);
        flow.connect(reader, 1, trainer, 3);
        return trainer;
    }

    private static Testflow metricTracker() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "metric-tracker", "A loss that falls by 0.125 a step, and the same chart from the same rows.");
        final int log = flow.table("Epoch:Int, Step:Int, Loss:Double", """
                0, 0, 1.0
                0, 1, 0.875
                0, 2, 0.75
                1, 0, 0.625
                1, 1, 0.5
                1, 2, 0.375""");
        final int first = flow.node(new MetricTrackerNodeFactory(), null);
        final int second = flow.node(new MetricTrackerNodeFactory(), null);
        flow.connect(log, 1, first, 1);
        flow.connect(log, 1, second, 1);
        flow.expect(
                first,
                1,
                "Run:String, Series:String, Epoch:Int, Points:Int, Last:Double, Mean:Double, Min:Double, Max:Double,"
                        + " Moving average:Double, Best epoch:Int, Trend:Double, Trend low:Double, Trend high:Double,"
                        + " Verdict:String",
                """
                Run 1, Loss, , 6, 0.375, 0.6875, 0.375, 1.0, 0.625, 1, -0.125, -0.125, -0.125, Improving""",
                "Trend" + NEAR,
                "Trend low" + NEAR,
                "Trend high" + NEAR);
        flow.sameImage(first, 2, second, 2);
        return flow;
    }

    private static Testflow modelPredictor() throws InvalidSettingsException {
        final Testflow flow = new Testflow("model-predictor", "The classes of the points, after two epochs.");
        final int reader = points(flow);
        expectPredictions(flow, predicted(flow, trained(flow, reader), reader));
        return flow;
    }

    private static Testflow modelWriter() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "model-writer", "A model that was written and read again predicts what an equal one does.");
        final int reader = points(flow);
        final int writer = written(flow, trained(flow, reader));
        flow.expect(writer, 1, "Path:String, Status:String", "-, -", "Path ignored", "Status ignored");
        final int same = trained(flow, reader);
        flow.same(
                predicted(flow, readAgain(flow, writer), reader),
                1,
                predicted(flow, same, reader),
                1,
                PREDICTION_COLUMNS);
        return flow;
    }

    private static Testflow modelReader() throws InvalidSettingsException {
        final Testflow flow = new Testflow("model-reader", "A trained model that was written, read and applied.");
        final int reader = points(flow);
        final int writer = written(flow, trained(flow, reader));
        expectPredictions(flow, predicted(flow, readAgain(flow, writer), reader));
        return flow;
    }

    private static Testflow imageWriter() throws InvalidSettingsException {
        final Testflow flow = new Testflow(
                "image-writer", "Images of 2 x 2 pixels, written into two folders and read again, pixel by pixel.");
        final int reader =
                images(flow, 4, "IMAGE", "LAST_SAMPLES", 0, 255, 16, 32, 1, 2, 3, 4, 250, 100, 50, 0, 7, 70, 77, 177);
        final int first = imagesWritten(flow, reader, 1, "first");
        final int second = imagesWritten(flow, reader, 2, "second");
        flow.connect(first, 0, second, 0);
        final int again = flow.node(
                new DatasetReaderNodeFactory(),
                null,
                "source String IMAGE_FOLDER",
                "imageFolder/folder String " + DATA + "/written",
                "image/colors String GRAYSCALE",
                "heldOut String NONE");
        flow.connect(second, 0, again, 0);
        final int pixels = flow.node(new DatasetToTableNodeFactory(), null, "samplesAs String NUMBERS");
        flow.connect(again, 1, pixels, 1);
        flow.expect(pixels, 1, pixelColumns(4), """
                0, 255, 16, 32, first
                1, 2, 3, 4, first
                250, 100, 50, 0, second
                7, 70, 77, 177, second""");
        return flow;
    }

    private static int imagesWritten(final Testflow flow, final int reader, final int port, final String folder)
            throws InvalidSettingsException {
        final int table = flow.node(new DatasetToTableNodeFactory(), null);
        flow.connect(reader, port, table, 1);
        final int writer = flow.node(
                new ImageWriterNodeFactory(),
                null,
                "folder String " + DATA + "/written/" + folder,
                "pattern String ${Label}.png",
                "ifExists String OVERWRITE");
        flow.connect(table, 1, writer, 1);
        return writer;
    }

    private static int written(final Testflow flow, final int model) throws InvalidSettingsException {
        final int writer =
                flow.node(new ModelWriterNodeFactory(), null, "folder String " + DATA, "ifExists String OVERWRITE");
        flow.connect(model, 1, writer, 1);
        return writer;
    }

    private static int readAgain(final Testflow flow, final int writer) throws InvalidSettingsException {
        final int reader = flow.node(new ModelReaderNodeFactory(), null, "path String " + DATA + "/model.gradienttape");
        flow.connect(writer, 0, reader, 0);
        return reader;
    }

    private static int trained(final Testflow flow, final int reader) throws InvalidSettingsException {
        final int builder = flow.node(new ModelBuilderNodeFactory(), null, SMALL_NETWORK);
        final int trainer = flow.node(
                new GradientTapeTrainerNodeFactory(),
                null,
                "epochs int 2",
                "batchSize int 4",
                "logEvery int 1",
                "learningRate double 0.5",
                "device String CPU");
        flow.connect(builder, 1, trainer, 1);
        flow.connect(reader, 1, trainer, 2);
        return trainer;
    }

    private static final String[] PREDICTION_COLUMNS = {"Label", "Predicted class", "P (Label=high)", "P (Label=low)"};

    private static int predicted(final Testflow flow, final int model, final int reader)
            throws InvalidSettingsException {
        final int predictor = flow.node(new ModelPredictorNodeFactory(), null, "device String CPU");
        flow.connect(model, 1, predictor, 1);
        flow.connect(reader, 1, predictor, 2);
        return predictor;
    }

    private static void expectPredictions(final Testflow flow, final int predictor) {
        flow.expect(
                predictor,
                1,
                "Label:String, Predicted class:String, P (Label=high):Double, P (Label=low):Double",
                """
                low, low, 0.45047, 0.54953
                high, high, 0.67478, 0.32522
                low, low, 0.46218, 0.53782
                high, high, 0.66349, 0.33651
                low, low, 0.48113, 0.51887
                high, high, 0.63497, 0.36503
                low, high, 0.50618, 0.49382
                high, high, 0.69944, 0.30056""",
                "P (Label=high)" + NEAR,
                "P (Label=low)" + NEAR);
    }

    /** Adds the points and a reader that gives all of them to its first output. */
    private static int points(final Testflow flow) throws InvalidSettingsException {
        final int samples = flow.node(
                new TableToDatasetNodeFactory(),
                null,
                "target/column String Label",
                "encoding/numbers String AS_IT_IS",
                "heldOut/part String NONE");
        flow.connect(flow.table(POINT_COLUMNS, POINTS), 1, samples, 1);
        return samples;
    }

    /** Adds files of images of 2 x 2 pixels with the labels 0, 1, 0, 1 and so on, and a reader of them. */
    private static int images(
            final Testflow flow, final int count, final String shape, final String choice, final int... pixels)
            throws InvalidSettingsException {
        final ByteArrayOutputStream images = new ByteArrayOutputStream();
        images.writeBytes(new byte[] {0, 0, 8, 3, 0, 0, 0, (byte) count, 0, 0, 0, 2, 0, 0, 0, 2});
        for (final int pixel : pixels) {
            images.write(pixel);
        }
        final ByteArrayOutputStream labels = new ByteArrayOutputStream();
        labels.writeBytes(new byte[] {0, 0, 8, 1, 0, 0, 0, (byte) count});
        for (int label = 0; label < count; label++) {
            labels.write(label % 2);
        }
        flow.file("data/" + IMAGES, images.toByteArray());
        flow.file("data/" + LABELS, labels.toByteArray());
        final boolean heldOut = choice.equals("LAST_SAMPLES");
        return flow.node(
                new DatasetReaderNodeFactory(),
                null,
                "source String IDX_FILES",
                "trainingImages String " + DATA + "/" + IMAGES,
                "trainingLabels String " + DATA + "/" + LABELS,
                "sampleShape String " + shape,
                "scaling String " + (choice.equals("DIVIDE_BY_255") ? choice : "AS_STORED"),
                "heldOut String " + (heldOut ? choice : "NONE"),
                "lastSamples int 2");
    }

    private static String pixelColumns(final int pixels) {
        final StringBuilder columns = new StringBuilder();
        for (int i = 1; i <= pixels; i++) {
            columns.append("Feature ").append(i).append(":Double, ");
        }
        return columns.append("Label:String").toString();
    }

    private static String lines(final String text, final int from, final int to) {
        return String.join("\n", text.lines().toList().subList(from, to));
    }
}
