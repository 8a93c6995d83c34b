package org.gradienttape.nodes.pages;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knime.core.data.DataColumnSpecCreator;
import org.knime.core.data.def.StringCell;
import org.knime.node.parameters.array.ArrayWidget;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.RadioButtonsWidget;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.choices.filter.ColumnFilter;
import org.knime.node.parameters.widget.choices.filter.TwinlistWidget;
import org.knime.node.parameters.widget.message.TextMessage;
import org.knime.node.parameters.widget.text.TextAreaWidget;
import org.knime.node.parameters.widget.text.TextInputWidget;

/**
 * A dialog as a page: each setting with the kind of control that KNIME gives it, its value, and what is said about it
 * beside.
 *
 * @param name     of the node
 * @param sections of its dialog
 * @param folded   whether the advanced settings are folded away
 */
record DialogPage(String name, List<DialogSection> sections, boolean folded) {
    /** So many lines of a long text are drawn. */
    private static final int LINES = 30;

    String text() {
        return """
                <!doctype html>
                <!-- Made by ./gradienttape generate out of the node's declaration. -->
                <html lang="en">
                <meta charset="utf-8">
                <title>%1$s</title>
                <link rel="stylesheet" href="dialog.css">
                <main>
                <h1>%1$s</h1>
                %2$s%3$s</main>
                </html>
                """.formatted(name, sections().stream().map(this::section).collect(Collectors.joining()), fold());
    }

    private String fold() {
        final boolean any = sections.stream()
                .anyMatch(section -> section.shown()
                        && section.settings().stream().anyMatch(setting -> isAdvanced(section, setting)));
        return any ? "<p class=\"fold\">" + (folded ? "Show" : "Hide") + " advanced settings</p>\n" : "";
    }

    private static boolean isAdvanced(final DialogSection section, final DialogSetting setting) {
        return setting.shown() && (section.advanced() || setting.advanced());
    }

    private String section(final DialogSection section) {
        final String settings = settings(section.settings());
        if (settings.isEmpty() || !section.shown() || section.advanced() && folded) {
            return "";
        }
        final String heading = section.title().isEmpty() ? "" : "<h2>" + section.title() + "</h2>\n";
        return "<section>\n" + heading + settings + "</section>\n";
    }

    private String settings(final List<DialogSetting> settings) {
        return settings.stream()
                .filter(setting -> setting.shown() && !(setting.advanced() && folded))
                .map(this::setting)
                .collect(Collectors.joining());
    }

    private String setting(final DialogSetting setting) {
        return setting.message().map(DialogPage::message).orElseGet(() -> field(setting));
    }

    private static String message(final TextMessage.Message message) {
        return "<div class=\"message\"><b>" + message.title() + "</b> " + escaped(message.description()) + "</div>\n";
    }

    private String field(final DialogSetting setting) {
        return "<div class=\"setting\"><div>" + control(setting) + "</div><div class=\"about\">"
                + setting.widget().description().strip() + choices(setting) + "</div></div>\n"
                + elements(setting);
    }

    private String control(final DialogSetting setting) {
        final String title = setting.widget().title();
        final Object value = setting.value();
        if (value instanceof Boolean on) {
            return checkbox(title, on);
        }
        final String label = "<label>" + title + "</label>";
        if (value instanceof Optional<?> optional) {
            final String content = optional.map(Object::toString).orElse("");
            return checkbox(title, optional.isPresent()) + optional(setting, content);
        }
        if (value instanceof ColumnFilter filter) {
            return label + columnFilter(filter);
        }
        if (value instanceof Enum<?> chosen) {
            return label + choice(setting, chosen);
        }
        if (setting.field().isAnnotationPresent(TwinlistWidget.class)) {
            return label + twinlist((String[]) value);
        }
        if (value instanceof Number number) {
            return label + number(plain(number));
        }
        return setting.isListOfGroups() ? label : label + text(setting, value.toString());
    }

    private static String optional(final DialogSetting setting, final String content) {
        if (setting.field().isAnnotationPresent(ChoicesProvider.class)) {
            return dropdown(content);
        }
        return setting.field().isAnnotationPresent(TextInputWidget.class) ? text(setting, content) : number(content);
    }

    private static String checkbox(final String title, final boolean on) {
        return "<p class=\"check " + (on ? "on" : "off") + "\">" + title + "</p>";
    }

    private static String plain(final Number number) {
        final BigDecimal value = new BigDecimal(number.toString());
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static String number(final String value) {
        return "<p class=\"number\">" + value + "</p>";
    }

    private static String choice(final DialogSetting setting, final Enum<?> chosen) {
        final String kind;
        if (setting.field().isAnnotationPresent(ValueSwitchWidget.class)) {
            kind = "switch";
        } else if (setting.field().isAnnotationPresent(RadioButtonsWidget.class)) {
            kind = "radio";
        } else {
            return dropdown(DialogSetting.title(chosen));
        }
        return setting.choices().stream()
                .map(constant -> "<li" + (constant == chosen ? " class=\"on\"" : "") + ">"
                        + DialogSetting.title(constant) + "</li>")
                .collect(Collectors.joining("", "<ul class=\"" + kind + "\">", "</ul>"));
    }

    private static String dropdown(final String chosen) {
        return "<p class=\"dropdown\">" + chosen + "</p>";
    }

    private static String text(final DialogSetting setting, final String value) {
        final TextInputWidget input = setting.field().getAnnotation(TextInputWidget.class);
        if (setting.field().isAnnotationPresent(TextAreaWidget.class)) {
            return "<pre>" + escaped(firstLines(value)) + "</pre>";
        }
        if (setting.field().isAnnotationPresent(ChoicesProvider.class)) {
            return dropdown(value.isEmpty() ? "None" : value);
        }
        final String placeholder = input == null || !value.isEmpty() ? "" : input.placeholder();
        return "<p class=\"text\">" + escaped(value) + "<i>" + placeholder + "</i></p>";
    }

    private static String firstLines(final String value) {
        return value.lines().limit(LINES).collect(Collectors.joining("\n"));
    }

    private static String twinlist(final String[] chosen) {
        return "<p class=\"twinlist\"><span>Excludes</span><span>Includes<br>"
                + Arrays.stream(chosen).map(DialogPage::escaped).collect(Collectors.joining("<br>")) + "</span></p>";
    }

    /** With nothing connected: a filter that was just made, and a column that no filter knows. */
    private static String columnFilter(final ColumnFilter filter) {
        final String unknown = "<i>Any unknown column</i>";
        final boolean chosen =
                filter.filter(List.of(new DataColumnSpecCreator("", StringCell.TYPE).createSpec())).length > 0;
        return "<ul class=\"switch\"><li class=\"on\">Manual</li><li>Wildcard</li><li>Regex</li><li>Type</li></ul>"
                + "<p class=\"twinlist\"><span>Excludes" + (chosen ? "" : "<br>" + unknown) + "</span><span>Includes"
                + (chosen ? "<br>" + unknown : "") + "</span></p>";
    }

    private String elements(final DialogSetting setting) {
        if (!setting.isListOfGroups()) {
            return "";
        }
        final ArrayWidget list = setting.field().getAnnotation(ArrayWidget.class);
        return IntStream.range(0, setting.elements().size())
                        .mapToObj(i -> "<div class=\"element\"><h3>" + list.elementTitle() + " " + (i + 1) + "</h3>\n"
                                + settings(setting.elements().get(i)) + "</div>\n")
                        .collect(Collectors.joining())
                + "<p class=\"button\">" + list.addButtonText() + "</p>\n";
    }

    /** As in KNIME, nothing if it has nothing to say about any of them. */
    private static String choices(final DialogSetting setting) {
        final boolean any = setting.choices().stream().anyMatch(constant -> DialogSetting.label(constant)
                .filter(label -> !label.description().isEmpty())
                .isPresent());
        return !any
                ? ""
                : setting.choices().stream()
                        .map(constant -> "<li><b>" + DialogSetting.title(constant) + "</b> "
                                + DialogSetting.label(constant)
                                        .map(Label::description)
                                        .orElse("") + "</li>")
                        .reduce(String::concat)
                        .map(items -> "<ul>" + items + "</ul>")
                        .orElse("");
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
