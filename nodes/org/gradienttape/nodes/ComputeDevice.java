package org.gradienttape.nodes;

import org.gradienttape.torch.Device;
import org.knime.node.parameters.widget.choices.Label;

/** Where a trainer computes. The names of the constants stand in saved workflows. */
public enum ComputeDevice {
    @Label(value = "Automatic", description = "The first GPU if there is one that can be used, otherwise the CPU.")
    AUTOMATIC,
    @Label(value = "CPU", description = "Always the CPU.")
    CPU,
    @Label(value = "GPU", description = "The first GPU; an error if there is none.")
    GPU;

    public Device toConfig() {
        return Device.valueOf(name());
    }
}
