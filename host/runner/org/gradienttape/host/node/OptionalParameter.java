package org.gradienttape.host.node;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.NodeSettingsRO;
import org.knime.core.node.NodeSettingsWO;

/**
 * A value that may be absent: its own entry, which holds a stand-in while it is absent, and a second one that says
 * whether it is present.
 *
 * @param content the type inside
 */
record OptionalParameter(BasicParameter content) implements ParameterType {

    private static final String PRESENT_SUFFIX = "_is_present";

    @Override
    public Object load(final NodeSettingsRO settings, final String key) throws InvalidSettingsException {
        final boolean present = settings.getBoolean(key + PRESENT_SUFFIX, true);
        return present ? Optional.ofNullable(content.load(settings, key)) : Optional.empty();
    }

    @Override
    public void save(final NodeSettingsWO settings, final String key, final Object value) {
        final Optional<?> optional = (Optional<?>) value;
        if (optional.isPresent()) {
            content.save(settings, key, optional.get());
        } else {
            content.type().saveEmpty(settings, key);
        }
        settings.addBoolean(key + PRESENT_SUFFIX, optional.isPresent());
    }

    @Override
    public void keys(final String path, final Object value, final Consumer<SettableKey> to) {
        content.keys(path, ((Optional<?>) value).orElse(null), to);
        to.accept(new SettableKey(path + PRESENT_SUFFIX, EntryType.BOOLEAN, List.of()));
    }
}
