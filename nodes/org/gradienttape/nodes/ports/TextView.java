package org.gradienttape.nodes.ports;

import java.awt.Font;
import javax.swing.JComponent;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;

/** The one tab that a port shows: a text in a fixed-width font. */
final class TextView {
    private TextView() {}

    static JComponent[] of(final String title, final String text) {
        final JTextArea area = new JTextArea(text);
        area.setEditable(false);
        area.setFont(new Font(Font.MONOSPACED, Font.PLAIN, area.getFont().getSize()));
        final JScrollPane pane = new JScrollPane(area);
        pane.setName(title);
        return new JComponent[] {pane};
    }
}
