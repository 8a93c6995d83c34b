package org.gradienttape.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gradienttape.host.api.execution.Progress;
import org.gradienttape.host.execution.HostExecutionContext;
import org.gradienttape.host.folder.Folders;
import org.gradienttape.host.port.FileStores;
import org.gradienttape.host.table.SavedTable;
import org.gradienttape.host.saved.LoadedWorkflow;
import org.gradienttape.host.workflow.NodeNotAvailableException;
import org.gradienttape.host.saved.WorkflowReader;
import org.knime.core.data.DataTableSpec;
import org.knime.core.data.DataType;
import org.knime.core.data.def.BooleanCell;
import org.knime.core.data.def.DefaultRow;
import org.knime.core.data.def.DoubleCell;
import org.knime.core.data.def.IntCell;
import org.knime.core.data.def.LongCell;
import org.knime.core.data.def.StringCell;
import org.knime.core.node.BufferedDataContainer;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.NodeFactory;

/** The readers of the headless runner: workflows, the settings of their nodes, saved tables. */
final class HostTargets {
    private static final List<String> XML = List.of(
            "isnull=\"true\"", "value=\"\"", "value=\"-1\"", "value=\"2147483647\"", "value=\"NaN\"", "%%00000", "..",
            "<config key=\"a\">", "</config>", "<entry key=\"a\" type=\"xstring\" value=\"b\"/>", "type=\"xint\"",
            "type=\"xstring\"", "type=\"xboolean\"", "key=\"array-size\"", "&#0;", "&amp;", "<!--", "/", "EXECUTED", "IDLE");

    private HostTargets() {}

    /**
     * @param workflows the folder of the example workflows
     * @param scratch for files that the seeds are made of
     */
    static List<Target> all(final Path workflows, final Path scratch) throws Exception {
        final List<Target> targets = new ArrayList<>();
        final Path workflow = workflows.resolve("mnist-classifier");
        final Map<String, byte[]> files = texts(workflow);
        targets.add(new Target(
                "workflow.knime",
                List.of(files.get("workflow.knime")),
                Target.Form.PLAIN,
                XML,
                (file, folder) -> readWorkflow(files, "workflow.knime", file, folder)));
        for (final String name : files.keySet()) {
            if (name.endsWith("settings.xml")) {
                targets.add(new Target(
                        name, List.of(files.get(name)), Target.Form.PLAIN, XML, (file, folder) ->
                                readWorkflow(files, name, file, folder)));
            }
        }
        final Path table = Files.createDirectory(scratch.resolve("table"));
        SavedTable.save(table(), table, context());
        for (final String name : List.of("data.zip", "data.xml", "spec.xml")) {
            targets.add(new Target(
                    "saved table, " + name,
                    List.of(Files.readAllBytes(table.resolve(name))),
                    name.endsWith("zip") ? Target.Form.ZIP : Target.Form.PLAIN,
                    XML,
                    (file, folder) -> readTable(table, name, file, folder)));
        }
        return targets;
    }

    /** The workflow.knime and the settings.xml of each node, by their paths. */
    private static Map<String, byte[]> texts(final Path workflow) throws IOException {
        final Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(workflow)) {
            for (final Path file : all.filter(Files::isRegularFile).toList()) {
                final String name = workflow.relativize(file).toString();
                if (name.equals("workflow.knime") || name.endsWith("settings.xml")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static long readWorkflow(
            final Map<String, byte[]> files, final String damaged, final byte[] file, final Path folder)
            throws IOException {
        for (final Map.Entry<String, byte[]> each : files.entrySet()) {
            final Path place = folder.resolve(each.getKey());
            Files.createDirectories(place.getParent());
            Files.write(place, each.getKey().equals(damaged) ? file : each.getValue());
        }
        try (FileStores stores = new FileStores()) {
            final LoadedWorkflow loaded = WorkflowReader.read(folder, HostTargets::factory, stores);
            for (final String error : loaded.errors()) {
                Watch.sentence(error.endsWith(".") ? error : error + ".").ifPresent(wrong -> {
                    throw new IllegalStateException(wrong);
                });
            }
        }
        return 0;
    }

    /** Factories of ours; the extension registry, which knows them otherwise, is not there. */
    private static NodeFactory<?> factory(final String name) throws NodeNotAvailableException {
        if (name.matches("org\\.gradienttape\\.nodes\\.[a-z]+\\.[A-Za-z]+NodeFactory")) {
            try {
                return (NodeFactory<?>) Class.forName(name).getConstructor().newInstance();
            } catch (final ReflectiveOperationException notOne) {
                throw new NodeNotAvailableException("The node factory " + name + " is not installed.", notOne);
            }
        }
        throw new NodeNotAvailableException("The node factory " + name + " is not installed.");
    }

    private static long readTable(final Path table, final String damaged, final byte[] file, final Path folder)
            throws Exception {
        Folders.copy(table, folder, Set.of());
        Files.write(folder.resolve(damaged), file);
        SavedTable.load(folder, context());
        return 0;
    }

    private static BufferedDataTable table() {
        final DataTableSpec spec = new DataTableSpec(
                new String[] {"Number", "Half", "Text", "Long", "Truth"},
                new DataType[] {IntCell.TYPE, DoubleCell.TYPE, StringCell.TYPE, LongCell.TYPE, BooleanCell.TYPE});
        final BufferedDataContainer container = context().createDataContainer(spec);
        for (int i = 0; i < 5; i++) {
            container.addRowToTable(new DefaultRow(
                    "Row" + i,
                    new IntCell(i),
                    new DoubleCell(i / 2.0),
                    i == 3 ? DataType.getMissingCell() : new StringCell("text ä" + i),
                    new LongCell(1L << 10 * i),
                    BooleanCell.get(i % 2 == 0)));
        }
        container.close();
        return container.getTable();
    }

    private static ExecutionContext context() {
        return new HostExecutionContext(Progress.unwatched(), new FileStores().create());
    }
}
