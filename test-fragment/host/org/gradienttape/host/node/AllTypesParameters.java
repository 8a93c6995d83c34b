package org.gradienttape.host.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.WidgetGroup;
import org.knime.node.parameters.persistence.Persist;
import org.knime.node.parameters.persistence.Persistable;

/** One field of every kind that settings hold, and of every kind that they skip. */
class AllTypesParameters implements NodeParameters {

    enum Mode {
        FAST,
        EXACT_ONE
    }

    static class Inner implements NodeParameters {
        String m_name = "inner";
        int m_size = 8;

        Inner() {}

        Inner(final String name, final int size) {
            m_name = name;
            m_size = size;
        }
    }

    static class OldStyleGroup implements WidgetGroup, Persistable {
        boolean deep = true;
    }

    int m_count = 3;
    Integer m_boxed = 4;
    long m_seed = 5_000_000_000L;
    double m_rate = Double.NaN;
    float m_ratio = 0.5f;
    boolean m_shuffle = true;
    byte m_small = -7;
    char m_separator = ';';
    String m_text = "a < b";
    String m_nothing = null;
    String plainField = "plain";
    Mode m_mode = Mode.EXACT_ONE;
    Optional<Integer> m_limit = Optional.of(20);
    Optional<Integer> m_noLimit = Optional.empty();
    Optional<String> m_noName = Optional.empty();
    Optional<Mode> m_noMode = Optional.empty();
    Inner m_nested = new Inner();
    OldStyleGroup m_group = new OldStyleGroup();
    Inner[] m_layers = {new Inner("first", 1), new Inner("second", 2)};
    List<Inner> m_list = new ArrayList<>(List.of(new Inner("only", 9)));
    Inner[] m_none = {};
    String[] m_strings = {"x", "y"};
    int[] m_ints = {7};

    @Persist(configKey = "renamed")
    int m_original = 11;

    @Persist(hidden = true)
    int m_hidden = 12;

    final int m_final = 13;
    Void m_message;
    static int m_static = 1;
    transient int m_transient = 2;
    private int m_private = 3;

    int privateValue() {
        return m_private;
    }

    void privateValue(final int value) {
        m_private = value;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        if (m_count < 1) {
            throw new InvalidSettingsException("The count must be at least 1, but is " + m_count + ".");
        }
    }
}
