package org.gradienttape.host.batch;

import org.gradienttape.host.workflow.SettingType;

/**
 * One setting of one node, replaced from the command line: <code>-option=NODEID,KEY,VALUE,TYPE</code>.
 *
 * @param nodeId the number in brackets of the node's folder
 * @param key    the setting below the node's model, with / between group and setting: "layers/0/size"
 * @param text   the new value; it can be read as the given type
 */
public record SettingChange(int nodeId, String key, String text, SettingType type) {

    public SettingChange {
        if (key.isEmpty() || key.startsWith("/") || key.endsWith("/") || key.contains("//")) {
            throw new IllegalArgumentException("The key \"" + key + "\" names no setting.");
        }
    }

    /** Returns the change as it stood on the command line. */
    @Override
    public String toString() {
        return "-option=" + nodeId + "," + key + "," + text + "," + type.word();
    }
}
