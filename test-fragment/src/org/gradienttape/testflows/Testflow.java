package org.gradienttape.testflows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gradienttape.host.api.node.NodeDeclaration;
import org.gradienttape.host.node.NodePorts;
import org.gradienttape.host.node.ParametersFields;
import org.gradienttape.host.node.ParametersPersistence;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.NodeSettingsWO;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.core.node.port.PortType;
import org.knime.node.DefaultNodeFactory;
import org.knime.node.parameters.NodeParameters;

/** One test workflow, built node by node, and the files that KNIME loads it from. */
final class Testflow {
    private static final Map<String, DataType> TYPES = Map.of(
            "Boolean", BooleanCell.TYPE,
            "Int", IntCell.TYPE,
            "Long", LongCell.TYPE,
            "Double", DoubleCell.TYPE,
            "String", StringCell.TYPE);
    private static final String IGNORED = " ignored";
    private static final int COLUMN_WIDTH = 200;
    private static final int ROW_HEIGHT = 140;

    private final String name;
    private final Map<String, NodeSettings> files = new LinkedHashMap<>();
    private final Map<String, byte[]> data = new LinkedHashMap<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final NodeSettings workflow = new NodeSettings("workflow.knime");
    private final NodeSettingsWO nodes;
    private final NodeSettingsWO connections;
    private int nodeCount;
    private int connectionCount;

    /**
     * A table that a node's output must be.
     *
     * @param file of the Table Creator that makes it
     * @param ignored the columns that are not compared
     */
    record Expectation(String file, Set<String> ignored) {}

    /**
     * @param name of the folder
     * @param purpose one sentence that stands on the canvas
     */
    Testflow(final String name, final String purpose) {
        this.name = name;
        workflow.addString("created_by", "5.8.0");
        workflow.addBoolean("created_by_nightly", false);
        workflow.addString("version", "5.1.0");
        workflow.addString("name", null);
        workflow.addString("customDescription", null);
        workflow.addString("state", "CONFIGURED");
        workflow.addNodeSettings("workflow_credentials");
        annotate(workflow.addNodeSettings("annotations").addNodeSettings("annotation_0"), purpose);
        nodes = workflow.addNodeSettings("nodes");
        connections = workflow.addNodeSettings("connections");
        testflowConfiguration();
    }

    String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }

    private static void annotate(final NodeSettingsWO annotation, final String text) {
        annotation.addString("text", text);
        annotation.addString("contentType", "text/plain");
        annotation.addInt("bgcolor", 0xffffff);
        annotation.addInt("x-coordinate", 200);
        annotation.addInt("y-coordinate", 0);
        annotation.addInt("width", 800);
        annotation.addInt("height", 80);
        annotation.addString("alignment", "LEFT");
        annotation.addInt("borderSize", 2);
        annotation.addInt("borderColor", 0x34495e);
        annotation.addInt("defFontSize", 9);
        annotation.addInt("annotation-version", 20230412);
        annotation.addNodeSettings("styles");
    }

    private void testflowConfiguration() {
        final NodeSettings file = knimeNode("Testflow Configuration", TestflowConfiguration.FACTORY, TESTING);
        final NodeSettingsWO model = file.addNodeSettings("model");
        model.addString("owner", "");
        for (final String none :
                List.of("requiredLogErrors", "requiredLogWarnings", "requiredLogInfos", "failingNodes")) {
            model.addStringArray(none);
        }
        model.addNodeSettings("requiredNodeWarnings").addInt("count", 0);
        model.addNodeSettings("requiredNodeErrors").addInt("count", 0);
        model.addInt("timeout", 300);
        model.addInt("maxHilitedRows", 2500);
        model.addStringArray("usedJanitors");
        model.addBoolean("streamingTest", false);
        add("Testflow Configuration", file);
    }

    /**
     * Adds a Table Creator.
     *
     * @param columns names with types, "Step:Int, Loss:Double"
     * @param rows one a line, cells with commas between them; an empty cell is missing
     */
    int table(final String columns, final String rows) {
        final String[] declared = columns.split(", ");
        final NodeSettings file = knimeNode(
                "Table Creator",
                TableCreator.FACTORY,
                List.of("KNIME Base Nodes", "org.knime.base", "KNIME AG, Zurich, Switzerland"));
        final NodeSettingsWO model = file.addNodeSettings("model");
        final List<Integer> rowIndices = new ArrayList<>();
        final List<Integer> columnIndices = new ArrayList<>();
        final List<String> values = new ArrayList<>();
        final List<String> lines = rows.lines().toList();
        for (int row = 0; row < lines.size(); row++) {
            final String[] cells = lines.get(row).split(", *", -1);
            if (cells.length != declared.length) {
                throw new IllegalArgumentException("Expected " + declared.length + " cells, found " + lines.get(row));
            }
            for (int column = 0; column < cells.length; column++) {
                if (!cells[column].isEmpty()) {
                    rowIndices.add(row);
                    columnIndices.add(column);
                    values.add(cells[column]);
                }
            }
        }
        model.addIntArray("rowIndices", ints(rowIndices));
        model.addIntArray("columnIndices", ints(columnIndices));
        model.addStringArray("values", values.toArray(String[]::new));
        model.addString("rowIdPrefix", "Row");
        model.addString("rowIdSuffix", "");
        model.addInt("rowIdStartValue", 0);
        model.addBoolean("highlightOutputTable", false);
        final NodeSettingsWO properties = model.addNodeSettings("columnProperties");
        for (int i = 0; i < declared.length; i++) {
            final int colon = declared[i].lastIndexOf(':');
            final NodeSettingsWO column = properties.addNodeSettings(Integer.toString(i));
            column.addBoolean("UserSetValues", true);
            column.addString("MissValuePattern", "");
            column.addString("FormatParameter", null);
            column.addBoolean("ReadPossValsFromFile", false);
            column.addBoolean("SkipThisColumn", false);
            column.addString("ColumnName", declared[i].substring(0, colon));
            final NodeSettingsWO type = column.addNodeSettings("ColumnClass");
            type.addString(
                    "cell_class",
                    TYPES.get(declared[i].substring(colon + 1)).getCellClass().getName());
            type.addBoolean("is_null", false);
        }
        return add("Table Creator", file);
    }

    private static int[] ints(final List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Adds one of our nodes.
     *
     * @param optionalPort the id of an optional input for a table; null if there is none
     * @param settings those that are not the defaults, "layers/0/units int 4"
     */
    int node(final DefaultNodeFactory factory, final String optionalPort, final String... settings)
            throws InvalidSettingsException {
        return node(factory, optionalPort, BufferedDataTable.TYPE, settings);
    }

    /** The same with an optional input of any type. */
    int node(final DefaultNodeFactory factory, final String optionalPort, final PortType type, final String... settings)
            throws InvalidSettingsException {
        final NodeDeclaration declaration = NodeDeclaration.of(factory);
        final NodePorts fixed = NodePorts.fixed(declaration);
        final NodePorts ports = optionalPort == null ? fixed : fixed.with(optionalPort, type);
        final NodeParameters parameters = ParametersPersistence.defaults(
                declaration.behaviour().parametersClass().orElseThrow(),
                new PortObjectSpec[ports.inputs().size()]);
        final NodeSettings model = new NodeSettings("model");
        ParametersPersistence.save(parameters, model);
        for (final String setting : settings) {
            final String[] parts = setting.split(" ", 3);
            ParametersFields.of(parameters).set(model, parts[0], parts[1], parts[2]);
        }
        final NodeSettings file = knimeNode(
                declaration.name(),
                factory.getClass().getName(),
                List.of("GradientTape Nodes", "org.gradienttape", "GradientTape Nodes"));
        ports.save(file.addNodeSettings("node_creation_config"));
        file.addNodeSettings(model);
        return add(declaration.name(), file);
    }

    /**
     * Compares a table with what it must be: a Table Creator and a Table Difference Checker.
     *
     * @param checkers those of columns that need not be equal: "Loss 0.001", or "Seconds ignored"
     */
    void expect(final int node, final int port, final String columns, final String rows, final String... checkers) {
        final int expected = table(columns, rows);
        final String[] names = Arrays.stream(columns.split(", "))
                .map(column -> column.substring(0, column.lastIndexOf(':')))
                .toArray(String[]::new);
        same(node, port, expected, 1, names, checkers);
        expectations.add(new Expectation(
                file("Table Creator", expected),
                Arrays.stream(checkers)
                        .filter(checker -> checker.endsWith(IGNORED))
                        .map(checker -> checker.substring(0, checker.length() - IGNORED.length()))
                        .collect(Collectors.toSet())));
    }

    List<Expectation> expectations() {
        return List.copyOf(expectations);
    }

    /** Compares the tables of two ports. */
    void same(
            final int node,
            final int port,
            final int expected,
            final int expectedPort,
            final String[] columns,
            final String... checkers) {
        final NodeSettings file = knimeNode("Table Difference Checker", TableDifferenceChecker.FACTORY, TESTING);
        final NodeSettingsWO model = file.addNodeSettings("model");
        final Map<String, String> chosen = new LinkedHashMap<>();
        for (final String checker : checkers) {
            final int space = checker.lastIndexOf(' ');
            chosen.put(checker.substring(0, space), checker.substring(space + 1));
        }
        for (final String column : columns) {
            checker(
                    model.addNodeSettings(TableDifferenceChecker.COLUMN + column),
                    chosen.containsKey(column) ? chosen.remove(column) : "equal");
        }
        if (!chosen.isEmpty()) {
            throw new IllegalArgumentException("No such columns: " + chosen);
        }
        model.addBoolean("ignoreRowIds", false);
        final int checker = add("Table Difference Checker", file);
        connect(node, port, checker, 1);
        connect(expected, expectedPort, checker, 2);
    }

    /** Compares the images of two ports. */
    void sameImage(final int node, final int port, final int expected, final int expectedPort) {
        final NodeSettings file = knimeNode("Image Difference Checker", ImageDifferenceChecker.FACTORY, TESTING);
        checker(file.addNodeSettings("model"), "equal");
        final int checker = add("Image Difference Checker", file);
        connect(node, port, checker, 1);
        connect(expected, expectedPort, checker, 2);
    }

    private static void checker(final NodeSettingsWO settings, final String kind) {
        if (kind.equals("ignored")) {
            settings.addString("checkerFactory", Checker.IGNORE);
            return;
        }
        settings.addString("checkerFactory", kind.equals("equal") ? Checker.EQUALITY : Checker.EPSILON);
        final NodeSettingsWO internals = settings.addNodeSettings("internals");
        flag(internals, "ignoreColumnProperties", false);
        flag(internals, "ignoreColumnElementNames", false);
        flag(internals, "ignoreDomain", false);
        flag(internals, "ignoreDomainPossibleValuesOrdering", true);
        if (!kind.equals("equal")) {
            internal(internals, "epsilon", "SMID_double");
            internals.addDouble("epsilon", Double.parseDouble(kind));
        }
    }

    private static void flag(final NodeSettingsWO settings, final String key, final boolean value) {
        internal(settings, key, "SMID_boolean");
        settings.addBoolean(key, value);
    }

    private static void internal(final NodeSettingsWO settings, final String key, final String type) {
        final NodeSettingsWO internals = settings.addNodeSettings(key + "_Internals");
        internals.addString("SettingsModelID", type);
        internals.addBoolean("EnabledStatus", true);
    }

    /** Adds a file that belongs to the workflow. */
    void file(final String path, final byte[] content) {
        data.put(path, content);
    }

    /** Connects ports; 0 is that of the flow variables, and lets one node wait for another. */
    void connect(final int source, final int sourcePort, final int target, final int targetPort) {
        final NodeSettingsWO connection = connections.addNodeSettings("connection_" + connectionCount++);
        connection.addInt("sourceID", source);
        connection.addInt("destID", target);
        connection.addInt("sourcePort", sourcePort);
        connection.addInt("destPort", targetPort);
    }

    private static final List<String> TESTING =
            List.of("Test-Node extension for KNIME Workbench", "org.knime.testing", "KNIME AG, Zurich, Switzerland");

    /** What each node's file begins with. */
    private static NodeSettings knimeNode(final String name, final String factory, final List<String> bundle) {
        final NodeSettings file = new NodeSettings("settings.xml");
        file.addString("node_file", "settings.xml");
        file.addNodeSettings("flow_stack");
        file.addNodeSettings("internal_node_subsettings").addString("memory_policy", "CacheSmallInMemory");
        file.addString("customDescription", null);
        file.addString("state", "CONFIGURED");
        file.addString("factory", factory);
        file.addString("node-name", name);
        file.addString("node-bundle-name", bundle.get(0));
        file.addString("node-bundle-symbolic-name", bundle.get(1));
        file.addString("node-bundle-vendor", bundle.get(2));
        file.addString("node-bundle-version", "0.0.0");
        file.addString("node-feature-name", null);
        file.addString("node-feature-symbolic-name", null);
        file.addString("node-feature-vendor", null);
        file.addString("node-feature-version", "0.0.0");
        file.addNodeSettings("factory_settings");
        file.addString("name", name);
        file.addBoolean("hasContent", false);
        file.addBoolean("isInactive", false);
        file.addNodeSettings("ports");
        final NodeSettingsWO stores = file.addNodeSettings("filestores");
        stores.addString("file_store_location", null);
        stores.addString("file_store_id", null);
        return file;
    }

    private int add(final String nodeName, final NodeSettings file) {
        final int id = ++nodeCount;
        final String path = file(nodeName, id);
        final NodeSettingsWO node = nodes.addNodeSettings("node_" + id);
        node.addInt("id", id);
        node.addString("node_settings_file", path);
        node.addBoolean("node_is_meta", false);
        node.addString("node_type", "NativeNode");
        node.addString("ui_classname", "org.knime.core.node.workflow.NodeUIInformation");
        node.addNodeSettings("ui_settings")
                .addIntArray(
                        "extrainfo.node.bounds", (id - 1) % 5 * COLUMN_WIDTH, 120 + (id - 1) / 5 * ROW_HEIGHT, -1, -1);
        files.put(path, file);
        return id;
    }

    private static String file(final String nodeName, final int id) {
        return nodeName + " (#" + id + ")/settings.xml";
    }

    /** Each file with its content, by its path below the folder of the workflow. */
    Map<String, byte[]> files() throws IOException {
        final Map<String, byte[]> texts = new LinkedHashMap<>();
        texts.put("workflow.knime", xml(workflow));
        for (final Map.Entry<String, NodeSettings> file : files.entrySet()) {
            texts.put(file.getKey(), xml(file.getValue()));
        }
        texts.putAll(data);
        return texts;
    }

    private static byte[] xml(final NodeSettings settings) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        settings.saveToXML(bytes);
        return bytes.toByteArray();
    }
}
