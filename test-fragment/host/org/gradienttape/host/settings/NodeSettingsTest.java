package org.gradienttape.host.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.ModelContent;
import org.knime.core.node.NodeSettings;
import org.knime.core.node.config.base.ConfigEntries;

/** The error texts are those of KNIME 5.9.0. */
class NodeSettingsTest {
    private final NodeSettings settings = new NodeSettings("model");

    @Test
    void aMissingKeyIsAnErrorThatNamesTypeAndKey() {
        assertThatThrownBy(() -> settings.getInt("count"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Int for key \"count\" not found.");
        assertThatThrownBy(() -> settings.getNodeSettings("nested"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Config for key \"nested\" not found.");
        assertThatThrownBy(() -> settings.getStringArray("names"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Config for key \"names\" not found.");
    }

    @Test
    void aValueOfAnotherTypeIsNotFound() {
        settings.addString("count", "12");

        assertThatThrownBy(() -> settings.getInt("count"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Int for key \"count\" not found.");
        assertThat(settings.getInt("count", 5)).isEqualTo(5);
    }

    @Test
    void aDefaultStandsInForWhatIsMissing() {
        assertThat(settings.getDouble("rate", 0.5)).isEqualTo(0.5);
        assertThat(settings.getString("name", "none")).isEqualTo("none");
        assertThat(settings.getIntArray("sizes", 1, 2)).containsExactly(1, 2);
    }

    @Test
    void anExistingNullTextIsNotReplacedByTheDefault() throws InvalidSettingsException {
        settings.addString("name", null);

        assertThat(settings.getString("name")).isNull();
        assertThat(settings.getString("name", "none")).isNull();
    }

    @Test
    void addingAKeyAgainReplacesItsValueAndType() throws InvalidSettingsException {
        settings.addInt("count", 1);
        settings.addLong("count", 2);

        assertThat(settings.getLong("count")).isEqualTo(2);
        assertThat(settings.getEntry("count").getType()).isEqualTo(ConfigEntries.xlong);
        assertThat(settings.keySet()).containsExactly("count");
    }

    @Test
    void keysKeepTheirOrder() {
        settings.addInt("z", 1);
        settings.addInt("a", 1);
        settings.addNodeSettings("m");

        assertThat(settings).containsExactly("z", "a", "m");
    }

    @Test
    void copiesIntoOtherSettings() throws InvalidSettingsException {
        settings.addInt("count", 1);
        settings.addNodeSettings("nested").addString("name", "n");
        final NodeSettings target = new NodeSettings("model");
        target.addInt("count", 9);

        settings.copyTo(target);

        assertThat(target.isIdentical(settings)).isTrue();
        settings.getNodeSettings("nested").addString("name", "changed");
        assertThat(target.getNodeSettings("nested").getString("name")).isEqualTo("n");
    }

    @Test
    void isIdenticalOnlyWithTheSameKeysTypesAndValues() {
        settings.addInt("count", 1);
        final NodeSettings other = new NodeSettings("model");
        other.addLong("count", 1);

        assertThat(settings.isIdentical(other)).isFalse();
        other.addInt("count", 1);
        assertThat(settings.isIdentical(other)).isTrue();
        other.addInt("more", 1);
        assertThat(settings.isIdentical(other)).isFalse();
    }

    @Test
    void anArrayThatClaimsMoreEntriesThanItHasIsAnError() {
        settings.addNodeSettings("sizes").addInt("array-size", Integer.MAX_VALUE);

        assertThatThrownBy(() -> settings.getIntArray("sizes"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("Array for key \"sizes\" is to have 2147483647 entries, found 0.");
    }

    @Test
    void modelContentNests() throws InvalidSettingsException {
        final ModelContent content = new ModelContent("model");
        content.addModelContent("inner").addInt("size", 3);

        assertThat(content.getModelContent("inner").getInt("size")).isEqualTo(3);
        assertThat(content.getModelContent("inner").getKey()).isEqualTo("inner");
    }
}
