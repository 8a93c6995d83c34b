package org.gradienttape.host.batch;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gradienttape.host.saved.WorkflowWriter;
import org.gradienttape.host.workflow.FlowVariable;
import org.gradienttape.host.workflow.SettingType;
import org.gradienttape.host.workflow.VariableType;

/** Reads the runner's command line: options of the form -name=value, and the workflow's folder as a plain argument. */
final class OptionParser {

    private static final Set<String> REPEATABLE = Set.of("-option", "-workflow.variable");

    private final List<SettingChange> settings = new ArrayList<>();
    private final List<FlowVariable> variables = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private Path workflow;
    private Path destination;
    private Path tables;
    private Path views;
    private boolean save;
    private boolean noSave;
    private boolean reset;
    private boolean execute = true;
    private boolean failOnLoadError = true;

    private OptionParser() {}

    /**
     * Reads and checks the arguments.
     *
     * @throws RunException with the code for wrong parameters if an argument is unknown or its value is wrong
     */
    static RunOptions parse(final List<String> arguments) throws RunException {
        final OptionParser parser = new OptionParser();
        for (final String argument : arguments) {
            parser.read(argument);
        }
        return parser.options();
    }

    private void read(final String argument) throws RunException {
        if (!argument.startsWith("-")) {
            setWorkflow(argument);
            return;
        }
        final int equals = argument.indexOf('=');
        final String name = equals < 0 ? argument : argument.substring(0, equals);
        if (!seen.add(name) && !REPEATABLE.contains(name)) {
            throw wrong("The option " + name + " is given twice; give it once.");
        }
        if (!readFlag(name, argument) && !readValue(name, equals < 0 ? "" : argument.substring(equals + 1))) {
            throw wrong("The option " + name + " is unknown; ./gradienttape help lists them all.");
        }
    }

    private boolean readFlag(final String name, final String argument) throws RunException {
        switch (name) {
            case "-nosave" -> noSave = true;
            case "-save" -> save = true;
            case "-reset" -> reset = true;
            case "-noexecute" -> execute = false;
            default -> {
                return false;
            }
        }
        if (!argument.equals(name)) {
            throw wrong("The option " + name + " takes no value, but \"" + argument + "\" gives one.");
        }
        return true;
    }

    private boolean readValue(final String name, final String value) throws RunException {
        switch (name) {
            case "-failonloaderror" -> failOnLoadError = value.isEmpty() || bool(name, value);
            case "-workflowDir" -> setWorkflow(required(name, value, "DIR"));
            case "-destDir" -> destination = path(name, required(name, value, "DIR"));
            case "-tablesDir" -> tables = path(name, required(name, value, "DIR"));
            case "-viewsDir" -> views = path(name, required(name, value, "DIR"));
            case "-option" -> settings.add(settingChange(required(name, value, "NODEID,KEY,VALUE,TYPE")));
            case "-workflow.variable" -> variables.add(variable(required(name, value, "NAME,VALUE,TYPE")));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void setWorkflow(final String folder) throws RunException {
        if (workflow != null) {
            throw wrong("Two workflow folders are given, " + workflow + " and " + folder + "; give one.");
        }
        workflow = path("-workflowDir", folder);
        WorkflowWriter.recover(workflow);
        if (!Files.isDirectory(workflow)) {
            throw wrong("The workflow folder " + folder + " does not exist or is no folder.");
        }
    }

    private RunOptions options() throws RunException {
        if (workflow == null) {
            throw wrong("No workflow folder is given; name it as an argument or with -workflowDir=DIR.");
        }
        if (save && (noSave || destination != null)) {
            throw wrong("-save cannot be combined with -nosave or -destDir; give one of them.");
        }
        if (destination != null && !destination.equals(workflow) && destination.startsWith(workflow)) {
            throw wrong("The folder of -destDir, " + destination
                    + ", lies inside the workflow's own folder; give one outside of it.");
        }
        Optional<Path> saveTo = Optional.empty();
        if (save) {
            saveTo = Optional.of(workflow);
        } else if (!noSave) {
            saveTo = Optional.ofNullable(destination);
        }
        return new RunOptions(
                workflow,
                saveTo,
                new RunOptions.Mode(reset, execute, failOnLoadError),
                new RunOptions.Changes(settings, variables),
                new RunOptions.Results(Optional.ofNullable(tables), Optional.ofNullable(views)));
    }

    private static SettingChange settingChange(final String text) throws RunException {
        final String option = "-option=" + text;
        final int first = text.indexOf(',');
        final int second = text.indexOf(',', first + 1);
        final int last = text.lastIndexOf(',');
        if (first < 0 || second < 0 || last == second) {
            throw wrong(option + " is not of the form -option=NODEID,KEY,VALUE,TYPE.");
        }
        final int id = nodeId(option, text.substring(0, first));
        final String key = text.substring(first + 1, second);
        if (key.isEmpty() || key.startsWith("/") || key.endsWith("/") || key.contains("//")) {
            throw wrong(option + " names no setting; give its key, with / between group and setting.");
        }
        final String word = text.substring(last + 1);
        final SettingType type = SettingType.named(word)
                .orElseThrow(() -> wrong(option + " has the unknown type " + word
                        + "; give int, long, short, byte, boolean, char, float, double or String."));
        final String value = text.substring(second + 1, last);
        value(option, type, value);
        return new SettingChange(id, key, value, type);
    }

    private static int nodeId(final String option, final String text) throws RunException {
        try {
            return Integer.parseInt(text);
        } catch (final NumberFormatException e) {
            throw wrong(option + " begins with \"" + text
                    + "\"; give the node's number, which its folder has in brackets.");
        }
    }

    private static FlowVariable variable(final String text) throws RunException {
        final String option = "-workflow.variable=" + text;
        final int first = text.indexOf(',');
        final int last = text.lastIndexOf(',');
        if (first <= 0 || first == last) {
            throw wrong(option + " is not of the form -workflow.variable=NAME,VALUE,TYPE.");
        }
        final String name = text.substring(0, first);
        if (name.isBlank() || name.startsWith("knime")) {
            throw wrong(option + " names the variable \"" + name
                    + "\"; a name must not be empty and must not begin with knime.");
        }
        final String word = text.substring(last + 1);
        final VariableType type =
                switch (word) {
                    case "String" -> VariableType.STRING;
                    case "int" -> VariableType.INTEGER;
                    case "double" -> VariableType.DOUBLE;
                    default -> throw wrong(option + " has the unknown type " + word + "; give String, int or double.");
                };
        final String value = unquoted(text.substring(first + 1, last));
        return new FlowVariable(name, type, value(option, type.settingType(), value));
    }

    private static Object value(final String option, final SettingType type, final String text) throws RunException {
        try {
            return type.parse(text);
        } catch (final IllegalArgumentException e) {
            throw wrong(option + " has the value \"" + text + "\"; a value of type " + type.word() + " is "
                    + type.example() + ".");
        }
    }

    private static String unquoted(final String text) {
        final boolean quoted = text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static boolean bool(final String name, final String value) throws RunException {
        return (Boolean) value(name + "=" + value, SettingType.BOOLEAN, value);
    }

    private static String required(final String name, final String value, final String form) throws RunException {
        if (value.isEmpty()) {
            throw wrong("The option " + name + " needs a value: " + name + "=" + form + ".");
        }
        return value;
    }

    private static Path path(final String name, final String text) throws RunException {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (final InvalidPathException e) {
            throw wrong("The value of " + name + ", \"" + text + "\", is no path of this system.");
        }
    }

    private static RunException wrong(final String sentence) {
        return new RunException(ExitCode.PARAMETERS, sentence);
    }
}
