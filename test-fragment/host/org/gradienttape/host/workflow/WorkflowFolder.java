package org.gradienttape.host.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes workflow folders as text, in the form that KNIME 5.9 writes them. */
public final class WorkflowFolder {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<config xmlns=\"http://www.knime.org/2008/09/XMLConfig\" key=\"%s\">\n%s</config>\n";

    private final Path folder;
    private final StringBuilder nodes = new StringBuilder();
    private final StringBuilder connections = new StringBuilder();
    private final StringBuilder variables = new StringBuilder();
    private final Map<String, String> files = new LinkedHashMap<>();
    private int connectionCount;

    public WorkflowFolder(final Path folder) {
        this.folder = folder;
    }

    public Path path() {
        return folder;
    }

    /** Adds a node "NAME (#ID)" with these entries of its config model, in state CONFIGURED. */
    public WorkflowFolder node(final int id, final String name, final Class<?> factory, final String... model) {
        return node(id, name, factory, "<config key=\"model\">\n" + String.join("\n", model) + "</config>\n", "");
    }

    /** Adds a node whose file has these further elements. */
    public WorkflowFolder node(
            final int id, final String name, final Class<?> factory, final String model, final String more) {
        final String file = name + " (#" + id + ")/settings.xml";
        nodes.append("<config key=\"node_%d\">\n".formatted(id))
                .append(integer("id", id))
                .append(string("node_settings_file", file))
                .append(bool("node_is_meta", false))
                .append(string("node_type", "NativeNode"))
                .append("</config>\n");
        files.put(
                file,
                HEAD.formatted(
                        "settings.xml",
                        string("factory", factory.getName())
                                + string("node-name", name)
                                + string("node-bundle-name", "Test")
                                + string("node-bundle-symbolic-name", "org.gradienttape.tests")
                                + string("node-bundle-vendor", "GradientTape")
                                + string("state", "CONFIGURED")
                                + bool("hasContent", false)
                                + "<config key=\"flow_stack\"/>\n"
                                + "<config key=\"internal_node_subsettings\"/>\n"
                                + model
                                + more
                                + "<config key=\"ports\"/>\n"
                                + "<config key=\"filestores\">\n"
                                + "<entry key=\"file_store_location\" type=\"xstring\" isnull=\"true\" value=\"\"/>\n"
                                + "<entry key=\"file_store_id\" type=\"xstring\" isnull=\"true\" value=\"\"/>\n"
                                + "</config>\n"));
        return this;
    }

    public WorkflowFolder connect(final int source, final int sourcePort, final int target, final int targetPort) {
        connections
                .append("<config key=\"connection_%d\">\n".formatted(connectionCount++))
                .append(integer("sourceID", source))
                .append(integer("destID", target))
                .append(integer("sourcePort", sourcePort))
                .append(integer("destPort", targetPort))
                .append("</config>\n");
        return this;
    }

    public WorkflowFolder variable(final String name, final String type, final String entry) {
        variables
                .append("<config key=\"Var_%s\">\n".formatted(name))
                .append(string("name", name))
                .append(string("class", type))
                .append(entry)
                .append("</config>\n");
        return this;
    }

    /** Writes all files. */
    public WorkflowFolder write() {
        files.put(
                "workflow.knime",
                HEAD.formatted(
                        "workflow.knime",
                        string("created_by", "5.9.0")
                                + string("version", "5.1.0")
                                + string("state", "CONFIGURED")
                                + "<config key=\"workflow_credentials\"/>\n"
                                + "<config key=\"workflow_variables\">\n" + variables + "</config>\n"
                                + "<config key=\"nodes\">\n" + nodes + "</config>\n"
                                + "<config key=\"connections\">\n" + connections + "</config>\n"));
        files.forEach(this::write);
        return this;
    }

    /** Replaces a text that stands in a file. */
    public WorkflowFolder replace(final String file, final String text, final String by) {
        try {
            final String content = Files.readString(folder.resolve(file));
            if (!content.contains(text)) {
                throw new IllegalArgumentException(file + " does not contain " + text);
            }
            Files.writeString(folder.resolve(file), content.replace(text, by));
            return this;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(final String file, final String content) {
        try {
            final Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String integer(final String key, final int value) {
        return "<entry key=\"%s\" type=\"xint\" value=\"%d\"/>\n".formatted(key, value);
    }

    public static String real(final String key, final double value) {
        return "<entry key=\"%s\" type=\"xdouble\" value=\"%s\"/>\n".formatted(key, value);
    }

    public static String string(final String key, final String value) {
        return "<entry key=\"%s\" type=\"xstring\" value=\"%s\"/>\n".formatted(key, value);
    }

    public static String bool(final String key, final boolean value) {
        return "<entry key=\"%s\" type=\"xboolean\" value=\"%s\"/>\n".formatted(key, value);
    }

    /** A leaf of the tree "variables": the setting is taken from one variable, or given on as one. */
    public static String variables(final String key, final String used, final String exposed) {
        return "<config key=\"variables\">\n" + string("version", "V_2019_09_13")
                + "<config key=\"tree\">\n<config key=\"" + key + "\">\n" + name("used_variable", used)
                + name("exposed_variable", exposed)
                + "</config>\n</config>\n</config>\n";
    }

    private static String name(final String key, final String name) {
        return name == null
                ? "<entry key=\"%s\" type=\"xstring\" isnull=\"true\" value=\"\"/>\n".formatted(key)
                : string(key, name);
    }
}
