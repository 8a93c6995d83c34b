package org.gradienttape.host.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.api.node.NodeBehaviour;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.api.node.NodeFailure;
import org.gradienttape.host.api.node.NodeIdentity;
import org.gradienttape.host.api.node.PortChoice;
import org.gradienttape.host.api.node.PortGroup;
import org.gradienttape.host.api.node.Side;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.port.FileStores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.image.png.PNGImageContent;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeFactory.NodeType;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.core.node.port.image.ImagePortObject;
import org.knime.core.node.port.image.ImagePortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOrRearrangerConsumer;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteConsumer;

class NodeRunTest {

    private static final DataTableSpec COUNTS = spec("Count", IntCell.TYPE);
    private static final DataTableSpec RATES = spec("Rate", DoubleCell.TYPE);
    private static final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> NO_CONFIGURE = (in, out) -> {};

    private final Progress progress = Progress.unwatched();
    private final FileStores fileStores = new FileStores();
    private final ExecutionContext context = new HostExecutionContext(progress, fileStores.create());

    @AfterEach
    void closeTheFileStores() throws Exception {
        fileStores.close();
    }

    private static DataTableSpec spec(final String column, final DataType type) {
        return new DataTableSpec(new DataColumnSpecCreator(column, type).createSpec());
    }

    private BufferedDataTable table(final DataTableSpec spec, final int... values) {
        final BufferedDataContainer container = context.createDataContainer(spec);
        for (int i = 0; i < values.length; i++) {
            container.addRowToTable(new DefaultRow("Row" + i, new IntCell(values[i])));
        }
        container.close();
        return container.getTable();
    }

    private static PortGroup port(final String name, final Side side, final PortType type) {
        return new PortGroup(name, side, name, "", PortChoice.fixed(type));
    }

    /** A node with a table input and two outputs, a table and an image. */
    private static NodeRun run(
            final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
            final ExecuteConsumer execute) {
        return run(
                configure,
                execute,
                port("In", Side.INPUT, BufferedDataTable.TYPE),
                port("Counts", Side.OUTPUT, BufferedDataTable.TYPE),
                port("Chart", Side.OUTPUT, ImagePortObject.TYPE));
    }

    private static NodeRun run(
            final ConfigureOrRearrangerConsumer<ConfigureInput, ConfigureOutput> configure,
            final ExecuteConsumer execute,
            final PortGroup... ports) {
        final NodeDeclaration declaration = new NodeDeclaration(
                new NodeIdentity("Counter", "counter.png", NodeType.Other, "1.0.0", List.of()),
                "",
                "",
                List.of(ports),
                new NodeBehaviour(Optional.of(AllTypesParameters.class), configure, execute, Optional.empty()));
        return new NodeRun(declaration, NodePorts.fixed(declaration), Optional.of(new AllTypesParameters()));
    }

    /** A node with a single table output. */
    private static NodeRun source(final ExecuteConsumer execute) {
        return run(NO_CONFIGURE, execute, port("Counts", Side.OUTPUT, BufferedDataTable.TYPE));
    }

    private Executed execute(final NodeRun node) throws CanceledExecutionException, NodeFailure {
        return node.execute(new PortObject[0], new PortObjectSpec[1], context);
    }

    @Test
    void configureSeesParametersAndInputs() throws InvalidSettingsException, NodeFailure {
        final NodeRun node = run(
                (in, out) -> {
                    final AllTypesParameters parameters = in.getParameters();
                    out.setOutSpec(0, in.getInTableSpec(0));
                    out.setWarningMessage("Count " + parameters.m_count + ", inputs " + in.getInPortSpecs().length);
                },
                (in, out) -> {});

        final Configured configured = node.configure(new PortObjectSpec[] {COUNTS});

        assertThat(configured.specs()).containsExactly(COUNTS, null);
        assertThat(configured.warning()).contains("Count 3, inputs 1");
    }

    @Test
    void configureMaySetAllSpecsAtOnce() throws InvalidSettingsException, NodeFailure {
        final ImagePortObjectSpec image = new ImagePortObjectSpec(PNGImageContent.TYPE);
        final NodeRun node = run((in, out) -> out.setOutSpecs(COUNTS, image), (in, out) -> {});

        final Configured configured = node.configure(new PortObjectSpec[] {COUNTS});

        assertThat(configured.specs()).containsExactly(COUNTS, image);
        assertThat(configured.warning()).isEmpty();
    }

    @Test
    void unknownTableSpecIsAnEmptyOne() throws InvalidSettingsException, NodeFailure {
        final NodeRun node = run((in, out) -> out.setOutSpec(0, in.getInTableSpecs()[0]), (in, out) -> {});

        final Configured configured = node.configure(new PortObjectSpec[1]);

        assertThat(configured.specs()[0]).isEqualTo(new DataTableSpec());
    }

    @Test
    void specOfAnotherPortTypeIsRefused() {
        final NodeRun node = run(NO_CONFIGURE, (in, out) -> {});

        assertThatThrownBy(() -> node.configure(new PortObjectSpec[] {new ImagePortObjectSpec(PNGImageContent.TYPE)}))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Input 1 (\"In\") takes DataTableSpec, but ImagePortObjectSpec is connected.");
    }

    @Test
    void refusalOfConfigureComesThrough() {
        final NodeRun node = run(
                (in, out) -> {
                    throw new InvalidSettingsException("Choose a column.");
                },
                (in, out) -> {});

        assertThatThrownBy(() -> node.configure(new PortObjectSpec[1]))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Choose a column.");
    }

    @Test
    void faultOfConfigureIsAFailure() {
        final NodeRun node = run(
                (in, out) -> {
                    throw new IllegalArgumentException("no such layer");
                },
                (in, out) -> {});

        assertThatThrownBy(() -> node.configure(new PortObjectSpec[1]))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Configure failed (IllegalArgumentException): no such layer")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void executeSeesParametersAndInputs() throws CanceledExecutionException, NodeFailure {
        final NodeRun node = run(
                NO_CONFIGURE,
                (in, out) -> {
                    final AllTypesParameters parameters = in.getParameters();
                    assertThat(in.getExecutionContext()).isSameAs(context);
                    assertThat(in.getInTables()).containsExactly(in.getInTable(0));
                    out.setWarningMessage("Count " + parameters.m_count);
                    out.setOutData(0, in.getInTable(0));
                },
                port("In", Side.INPUT, BufferedDataTable.TYPE),
                port("Counts", Side.OUTPUT, BufferedDataTable.TYPE));
        final BufferedDataTable table = table(COUNTS, 1);

        final Executed executed = node.execute(new PortObject[] {table}, new PortObjectSpec[] {COUNTS}, context);

        assertThat(executed.objects()).containsExactly(table);
        assertThat(executed.warning()).contains("Count 3");
    }

    @Test
    void expectedFailureKeepsItsMessage() {
        final NodeRun node = source((in, out) -> {
            throw new KNIMEException("The file is empty; choose another one.");
        });

        assertThatThrownBy(() -> execute(node))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("The file is empty; choose another one.")
                .hasCauseInstanceOf(KNIMEException.class);
    }

    @Test
    void otherFailuresAreMarked() {
        assertThatThrownBy(() -> execute(source((in, out) -> {
                    throw new IllegalStateException("the disk is full");
                })))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Execute failed: the disk is full");
        assertThatThrownBy(() -> execute(source((in, out) -> {
                    throw new NullPointerException("oops");
                })))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Execute failed: (\"NullPointerException\"): oops");
        assertThatThrownBy(() -> execute(source((in, out) -> {
                    throw new NoClassDefFoundError();
                })))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Execute failed: (\"NoClassDefFoundError\"): null");
    }

    @Test
    void cancelWinsOverWhatTheNodeThrows() {
        final NodeRun fails = source((in, out) -> {
            progress.setExecuteCanceled();
            throw new IllegalStateException("interrupted");
        });
        final NodeRun gives = source((in, out) -> {
            progress.setExecuteCanceled();
            in.getExecutionContext().checkCanceled();
        });
        final NodeRun ignores = source((in, out) -> {
            progress.setExecuteCanceled();
            out.setOutData(0, table(COUNTS, 1));
        });

        assertThatThrownBy(() -> execute(fails)).isInstanceOf(CanceledExecutionException.class);
        assertThatThrownBy(() -> execute(gives)).isInstanceOf(CanceledExecutionException.class);
        assertThatThrownBy(() -> execute(ignores)).isInstanceOf(CanceledExecutionException.class);
    }

    @Test
    void missingOutputIsRefused() {
        assertThatThrownBy(() -> execute(source((in, out) -> {})))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Execute failed: Incorrect implementation; output 1 (\"Counts\") must be BufferedDataTable,"
                        + " but nothing was set.");
    }

    @Test
    void outputOfAnotherTypeIsRefused() {
        final NodeRun node = run(
                NO_CONFIGURE,
                (in, out) -> out.setOutData(0, table(COUNTS, 1)),
                port("Chart", Side.OUTPUT, ImagePortObject.TYPE));

        assertThatThrownBy(() -> execute(node))
                .isInstanceOf(NodeFailure.class)
                .hasMessage(
                        "Execute failed: Incorrect implementation; output 1 (\"Chart\") must be ImagePortObject, but is"
                                + " BufferedDataTable.");
    }

    @Test
    void outputTooManyIsRefused() {
        final NodeRun node = source((in, out) -> out.setOutData(table(COUNTS, 1), table(COUNTS, 2)));

        assertThatThrownBy(() -> execute(node))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Execute failed: Index 1 out of bounds for length 1");
    }

    @Test
    void inputThatIsMissingIsRefused() {
        final NodeRun node = run(NO_CONFIGURE, (in, out) -> {}, port("In", Side.INPUT, BufferedDataTable.TYPE));

        assertThatThrownBy(() -> node.execute(new PortObject[1], new PortObjectSpec[0], context))
                .isInstanceOf(NodeFailure.class)
                .hasMessage("Execute failed: input 1 (\"In\") takes BufferedDataTable, but nothing was set.");
    }

    @Test
    void wrongNumberOfInputsIsTheCallersFault() {
        final NodeRun node = run(NO_CONFIGURE, (in, out) -> {});

        assertThatThrownBy(() -> node.configure(new PortObjectSpec[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The node \"Counter\" has 1 inputs, but 2 were given.");
    }

    @Test
    void tableThatConfigureAnnouncedDifferentlyIsAWarning() throws CanceledExecutionException, NodeFailure {
        final NodeRun node = source((in, out) -> out.setOutData(0, table(COUNTS, 1)));

        final Executed other = node.execute(new PortObject[0], new PortObjectSpec[] {RATES}, context);
        final Executed same = node.execute(new PortObject[0], new PortObjectSpec[] {COUNTS}, context);
        final Executed unknown = node.execute(new PortObject[0], new PortObjectSpec[1], context);

        assertThat(other.warning().orElseThrow())
                .startsWith("The table at output 1 has the columns [Count (")
                .contains("but configure announced [Rate (");
        assertThat(same.warning()).isEmpty();
        assertThat(unknown.warning()).isEmpty();
    }

    /** KNIME's own words; a warning of the node itself has priority. */
    @Test
    void emptyTableIsAWarning() throws CanceledExecutionException, NodeFailure {
        final Executed silent = execute(source((in, out) -> out.setOutData(0, table(COUNTS))));
        final Executed warning = execute(source((in, out) -> {
            out.setOutData(0, table(COUNTS));
            out.setWarningMessage("No row matched.");
        }));

        assertThat(silent.warning()).contains("Node created an empty data table.");
        assertThat(warning.warning()).contains("No row matched.");
    }

    @Test
    void parametersMustMatchTheDeclaration() {
        final NodeRun node = run(NO_CONFIGURE, (in, out) -> {});

        assertThatThrownBy(() -> new NodeRun(node.declaration(), node.ports(), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The node \"Counter\" needs parameters.");
    }
}
