package org.gradienttape.nodes.pages;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;

/** The settings of a node as Markdown: one heading per section, one item per setting with its key and its default. */
final class SettingsList {
    private SettingsList() {}

    static String of(final NodeParameters defaults) {
        return Dialog.of(defaults).stream().map(SettingsList::section).collect(Collectors.joining("\n\n"));
    }

    private static String section(final DialogSection section) {
        final String heading = section.title().isEmpty() ? "" : "### " + section.title() + advanced(section) + "\n\n";
        return heading + items(section.settings());
    }

    private static String advanced(final DialogSection section) {
        return section.advanced() ? " (advanced)" : "";
    }

    private static String items(final List<DialogSetting> settings) {
        return settings.stream()
                .filter(setting -> setting.message().isEmpty())
                .map(SettingsList::item)
                .collect(Collectors.joining("\n"));
    }

    private static String item(final DialogSetting setting) {
        final String item = "- **" + setting.widget().title() + "** " + (setting.advanced() ? "(advanced) " : "")
                + stored(setting) + "  \n  "
                + MarkdownText.of(setting.widget().description()).replace("\n", "\n  ") + choices(setting);
        return setting.isListOfGroups() ? item + "\n" + items(Dialog.element(setting)) : item;
    }

    /** The key and type for the batch option -option, and the default. */
    private static String stored(final DialogSetting setting) {
        final Class<?> type = setting.field().getType();
        final String key = "`" + setting.key() + "`";
        if (setting.value() instanceof Optional<?> optional) {
            return key + " (" + optional.map(Object::toString).orElse("off") + ")";
        }
        if (type.isArray() || type == ColumnFilter.class) {
            return key;
        }
        final String shown = String.valueOf(setting.value());
        if (shown.contains("\n")) {
            return key + " String, several lines";
        }
        return key + " " + (type.isPrimitive() ? type.getName() : "String")
                + (shown.isEmpty() ? ", empty" : ", `" + shown + "`");
    }

    private static String choices(final DialogSetting setting) {
        return setting.choices().stream()
                .map(constant -> choice(constant, MarkdownText.of(setting.about(constant))))
                .collect(Collectors.joining());
    }

    private static String choice(final Enum<?> constant, final String description) {
        return "\n  - *" + DialogSetting.title(constant) + "* `" + constant.name() + "`"
                + (description.isEmpty() ? "" : ": " + description);
    }
}
