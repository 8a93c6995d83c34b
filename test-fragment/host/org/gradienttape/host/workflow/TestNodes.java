package org.gradienttape.host.workflow;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.gradienttape.host.workflow.TestTexts.TextObject;
import org.gradienttape.host.workflow.TestTexts.TextSpec;
import org.knime.core.data.DataCell;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.IntValue;
import org.knime.core.data.RowKey;
import org.knime.core.data.container.CloseableRowIterator;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.data.filestore.FileStore;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeFactory;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;
import org.knime.core.util.FileUtil;
import org.knime.node.DefaultModel;
import org.knime.node.DefaultNode;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.RequirePorts;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;

/** Small nodes for the tests of the runner, and a registry that finds them by the name of their factory's class. */
public final class TestNodes {

    /** Counts the executions of each kind of node. */
    private static final Map<Class<?>, List<String>> EXECUTIONS = new ConcurrentHashMap<>();

    private static final DataTableSpec NUMBERS = new DataTableSpec(
            new DataColumnSpecCreator("Number", IntCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Half", DoubleCell.TYPE).createSpec(),
            new DataColumnSpecCreator("Text", StringCell.TYPE).createSpec());
    private static final DataTableSpec SUM =
            new DataTableSpec(new DataColumnSpecCreator("Sum", IntCell.TYPE).createSpec());

    private TestNodes() {}

    /** The nodes of this class. */
    public static NodeRegistry registry() {
        return className -> {
            try {
                return (NodeFactory<?>)
                        Class.forName(className).getConstructor().newInstance();
            } catch (final ClassNotFoundException e) {
                throw new NodeNotAvailableException("The node factory " + className + " is not installed.", e);
            } catch (final InstantiationException
                    | IllegalAccessException
                    | InvocationTargetException
                    | NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    /** Forgets the executions counted so far. */
    public static void forgetExecutions() {
        EXECUTIONS.clear();
        TextFactory.OBJECTS.clear();
        ReaderFactory.OBJECTS.clear();
        ReaderFactory.LOADERS.clear();
    }

    /** Returns what the executions of this kind of node noted, in order. */
    public static List<String> executions(final Class<? extends DefaultNodeFactory> factory) {
        return EXECUTIONS.getOrDefault(factory, List.of());
    }

    private static void note(final Class<? extends DefaultNodeFactory> factory, final String text) {
        EXECUTIONS.computeIfAbsent(factory, key -> new CopyOnWriteArrayList<>()).add(text);
    }

    private static DefaultNode node(
            final String name,
            final Consumer<RequirePorts.PortsAdder> ports,
            final Function<DefaultModel.RequireModelParameters, DefaultModel> model) {
        return DefaultNode.create()
                .name(name)
                .icon("icon.png")
                .shortDescription("A node for tests")
                .fullDescription("A node for tests")
                .sinceVersion(0, 1, 0)
                .ports(ports)
                .model(model);
    }

    /** How {@link NumbersFactory} counts. */
    enum Direction {
        UP,
        DOWN
    }

    /** Settings of {@link NumbersFactory}. */
    static final class NumbersParameters implements NodeParameters {
        @Widget(title = "Rows", description = "Number of rows")
        int rows = 3;

        @Widget(title = "Text", description = "Text of the first row")
        String text = "first";

        @Widget(title = "Direction", description = "How to count")
        Direction direction = Direction.UP;

        @Override
        public void validate() throws InvalidSettingsException {
            if (rows < 0) {
                throw new InvalidSettingsException("Rows must be at least 0, but is " + rows + ".");
            }
        }
    }

    /** Makes a table with the numbers from 1, their halves, and a text in the first row. */
    public static final class NumbersFactory extends DefaultNodeFactory {
        public NumbersFactory() {
            super(node(
                    "Numbers", ports -> ports.addOutputTable("Numbers", "Some numbers"), model -> model.parametersClass(
                                    NumbersParameters.class)
                            .configure((in, out) -> out.setOutSpec(0, NUMBERS))
                            .execute(NumbersFactory::execute)));
        }

        private static void execute(final DefaultModel.ExecuteInput in, final DefaultModel.ExecuteOutput out) {
            final NumbersParameters parameters = in.getParameters();
            note(NumbersFactory.class, parameters.rows + " " + parameters.text + " " + parameters.direction);
            NodeLogger.getLogger(NumbersFactory.class).info("Counting to " + parameters.rows);
            final BufferedDataContainer rows = in.getExecutionContext().createDataContainer(NUMBERS);
            for (int row = 0; row < parameters.rows; row++) {
                final int number = parameters.direction == Direction.UP ? row + 1 : parameters.rows - row;
                final DataCell text = row == 0 ? new StringCell(parameters.text) : DataType.getMissingCell();
                rows.addRowToTable(new DefaultRow(
                        RowKey.createRowKey((long) row), new IntCell(number), new DoubleCell(number / 2.0), text));
            }
            rows.close();
            out.setOutData(0, rows.getTable());
        }
    }

    /** Settings of {@link PlaceFactory}. */
    static final class PlaceParameters implements NodeParameters {
        @Widget(title = "URL", description = "Leads to a file")
        String url = "";

        File file() {
            try {
                return FileUtil.getFileFromURL(FileUtil.toURL(url));
            } catch (final MalformedURLException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    /** Notes the file that a URL leads to when the node is configured, and again when it is executed. */
    public static final class PlaceFactory extends DefaultNodeFactory {
        public PlaceFactory() {
            super(node("Place", ports -> ports.addOutputTable("Sum", "An empty table"), model -> model.parametersClass(
                            PlaceParameters.class)
                    .configure((in, out) -> {
                        note(
                                PlaceFactory.class,
                                "configured for "
                                        + in.<PlaceParameters>getParameters().file());
                        out.setOutSpec(0, SUM);
                    })
                    .execute((in, out) -> {
                        note(
                                PlaceFactory.class,
                                "executed for "
                                        + in.<PlaceParameters>getParameters().file());
                        final BufferedDataContainer empty =
                                in.getExecutionContext().createDataContainer(SUM);
                        empty.close();
                        out.setOutData(0, empty.getTable());
                    })));
        }
    }

    /** Adds the numbers of a table up. */
    public static final class SumFactory extends DefaultNodeFactory {
        public SumFactory() {
            super(node(
                    "Sum",
                    ports -> ports.addInputTable("Numbers", "Some numbers").addOutputTable("Sum", "Their sum"),
                    model -> model.withoutParameters()
                            .configure((in, out) -> {
                                if (in.getInTableSpec(0).findColumnIndex("Number") < 0) {
                                    throw new InvalidSettingsException("The table has no column Number; connect one.");
                                }
                                out.setOutSpec(0, SUM);
                            })
                            .execute(SumFactory::execute)));
        }

        private static void execute(final DefaultModel.ExecuteInput in, final DefaultModel.ExecuteOutput out) {
            final BufferedDataTable table = in.getInTable(0);
            final int column = table.getDataTableSpec().findColumnIndex("Number");
            int sum = 0;
            try (CloseableRowIterator rows = table.iterator()) {
                while (rows.hasNext()) {
                    sum += ((IntValue) rows.next().getCell(column)).getIntValue();
                }
            }
            note(SumFactory.class, Integer.toString(sum));
            final BufferedDataContainer result = in.getExecutionContext().createDataContainer(SUM);
            result.addRowToTable(new DefaultRow(new RowKey("Sum"), new IntCell(sum)));
            result.close();
            out.setWarningMessage("Sums may overflow.");
            out.setOutData(0, result.getTable());
        }
    }

    /** Fails whenever it is executed. */
    public static final class FailingFactory extends DefaultNodeFactory {
        public FailingFactory() {
            super(node(
                    "Failing", ports -> ports.addOutputTable("Sum", "Never comes"), model -> model.withoutParameters()
                            .configure((in, out) -> out.setOutSpec(0, SUM))
                            .execute((in, out) -> {
                                throw new KNIMEException("The file weights.bin is missing; write it first.");
                            })));
        }
    }

    /** Waits at a barrier for another node of this kind, so that two of them only end if they run at the same time. */
    public static final class MeetingFactory extends DefaultNodeFactory {
        private static final CyclicBarrier BARRIER = new CyclicBarrier(2);

        public MeetingFactory() {
            super(node(
                    "Meeting",
                    ports -> ports.addOutputTable("Sum", "An empty table"),
                    model -> model.withoutParameters()
                            .configure((in, out) -> out.setOutSpec(0, SUM))
                            .execute(MeetingFactory::execute)));
        }

        private static void execute(final DefaultModel.ExecuteInput in, final DefaultModel.ExecuteOutput out)
                throws KNIMEException {
            try {
                BARRIER.await(30, TimeUnit.SECONDS);
            } catch (final InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new KNIMEException("Nobody came.", e);
            }
            final BufferedDataContainer result = in.getExecutionContext().createDataContainer(SUM);
            result.addRowToTable(new DefaultRow(new RowKey("Row"), new IntCell(1)));
            result.close();
            out.setOutData(0, result.getTable());
        }
    }

    /** Runs until it is cancelled. */
    public static final class EndlessFactory extends DefaultNodeFactory {
        private static volatile CountDownLatch running = new CountDownLatch(1);

        public EndlessFactory() {
            super(node(
                    "Endless", ports -> ports.addOutputTable("Sum", "Never comes"), model -> model.withoutParameters()
                            .configure((in, out) -> out.setOutSpec(0, SUM))
                            .execute(EndlessFactory::execute)));
        }

        /** Makes a new latch, which opens as soon as a node of this kind is running. */
        public static CountDownLatch watch() {
            running = new CountDownLatch(1);
            return running;
        }

        private static void execute(final DefaultModel.ExecuteInput in, final DefaultModel.ExecuteOutput out)
                throws CanceledExecutionException {
            final ExecutionContext context = in.getExecutionContext();
            running.countDown();
            while (true) {
                context.setProgress(0.5, () -> "for ever");
                context.checkCanceled();
                Thread.onSpinWait();
            }
        }
    }

    /** Makes a text; its object and those of its copies are remembered. */
    public static final class TextFactory extends DefaultNodeFactory {
        static final List<TextObject> OBJECTS = new CopyOnWriteArrayList<>();

        public TextFactory() {
            super(node(
                    "Text",
                    ports -> ports.addOutputPort("Text", "A text", TestTexts.TYPE),
                    model -> model.withoutParameters()
                            .configure((in, out) -> out.setOutSpec(0, new TextSpec()))
                            .execute(TextFactory::execute)));
        }

        private static void execute(final DefaultModel.ExecuteInput in, final DefaultModel.ExecuteOutput out)
                throws KNIMEException {
            try {
                final FileStore file = in.getExecutionContext().createFileStore("text.txt");
                final TextObject text = new TextObject("Greeting", "hello", file);
                OBJECTS.add(text);
                note(TextFactory.class, text.text());
                out.setOutData(0, text);
            } catch (final IOException e) {
                throw new KNIMEException("The text cannot be written: " + e.getMessage(), e);
            }
        }
    }

    /** Takes a text, or a table where the workflow exchanges the type of its port; notes which it got. */
    public static final class EitherFactory extends DefaultNodeFactory {
        public EitherFactory() {
            super(DefaultNode.create()
                    .name("Either")
                    .icon("icon.png")
                    .shortDescription("A node for tests")
                    .fullDescription("A node for tests")
                    .sinceVersion(0, 1, 0)
                    .dynamicPorts(ports -> ports.addInputPortGroup("data", port -> port.name("Data")
                            .description("A text or a table")
                            .exchangable(TestTexts.TYPE)
                            .supportedTypes(TestTexts.TYPE, BufferedDataTable.TYPE)))
                    .model(model -> model.withoutParameters()
                            .configure((in, out) -> {})
                            .execute((in, out) -> note(
                                    EitherFactory.class,
                                    in.getInPortObject(0) instanceof BufferedDataTable table
                                            ? table.size() + " rows"
                                            : "a text"))));
        }
    }

    /** Reads a text and, where its optional port is used, a table; notes which class loader its thread has. */
    public static final class ReaderFactory extends DefaultNodeFactory {
        static final List<TextObject> OBJECTS = new CopyOnWriteArrayList<>();
        static final List<ClassLoader> LOADERS = new CopyOnWriteArrayList<>();

        public ReaderFactory() {
            super(DefaultNode.create()
                    .name("Reader")
                    .icon("icon.png")
                    .shortDescription("A node for tests")
                    .fullDescription("A node for tests")
                    .sinceVersion(0, 1, 0)
                    .dynamicPorts(ports -> ports.addInputPortGroup("text", port -> port.name("Text")
                                    .description("A text")
                                    .fixed(TestTexts.TYPE))
                            .addInputPortGroup("table", port -> port.name("Table")
                                    .description("A table")
                                    .optional()
                                    .supportedTypes(BufferedDataTable.TYPE)))
                    .model(model -> model.withoutParameters()
                            .configure((in, out) -> {})
                            .execute((in, out) -> {
                                final TextObject text = in.getInPortObject(0);
                                OBJECTS.add(text);
                                LOADERS.add(Thread.currentThread().getContextClassLoader());
                                note(ReaderFactory.class, text.text() + " " + in.getInPortObjects().length);
                            })));
        }
    }

    /** Makes an image of one pixel, alone and in a table. */
    public static final class ImagesFactory extends DefaultNodeFactory {
        private static final DataTableSpec IMAGES =
                new DataTableSpec(new DataColumnSpecCreator("Image", PNGImageContent.TYPE).createSpec());

        public ImagesFactory() {
            super(node(
                    "Images",
                    ports -> ports.addOutputPort("Image", "An image", ImagePortObject.TYPE)
                            .addOutputTable("Images", "A table of images"),
                    model -> model.withoutParameters()
                            .configure((in, out) -> {
                                out.setOutSpec(0, new ImagePortObjectSpec(PNGImageContent.TYPE));
                                out.setOutSpec(1, IMAGES);
                            })
                            .execute(ImagesFactory::execute)));
        }

        private static void execute(final DefaultModel.ExecuteInput in, final DefaultModel.ExecuteOutput out)
                throws KNIMEException {
            final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
            } catch (final IOException e) {
                throw new KNIMEException("No image can be made.", e);
            }
            final PNGImageContent image = new PNGImageContent(bytes.toByteArray());
            final BufferedDataContainer images = in.getExecutionContext().createDataContainer(IMAGES);
            images.addRowToTable(new DefaultRow(new RowKey("step/0"), image.toImageCell()));
            images.close();
            out.setOutData(0, new ImagePortObject(image, new ImagePortObjectSpec(PNGImageContent.TYPE)));
            out.setOutData(1, images.getTable());
        }
    }
}
