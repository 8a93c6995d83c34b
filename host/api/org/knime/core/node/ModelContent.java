package org.knime.core.node;

import java.io.IOException;
import java.io.InputStream;
import org.knime.core.node.config.Config;

/** What a port object stores of itself: a tree of keys and typed values. */
public final class ModelContent extends Config implements ModelContentRO, ModelContentWO {
    public ModelContent(String key) {
        super(key);
    }

    @Override
    public Config getInstance(String key) {
        return new ModelContent(key);
    }

    @Override
    public ModelContentWO addModelContent(String key) {
        return (ModelContent) addConfig(key);
    }

    @Override
    public void addModelContent(ModelContent content) {
        addConfig(content);
    }

    @Override
    public ModelContent getModelContent(String key) throws InvalidSettingsException {
        return (ModelContent) getConfig(key);
    }

    /** Reads the XML form and closes the stream. */
    public static ModelContentRO loadFromXML(InputStream in) throws IOException {
        ModelContent content = new ModelContent("content");
        content.load(in);
        return content;
    }
}
