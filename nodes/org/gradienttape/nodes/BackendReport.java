package org.gradienttape.nodes;

import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.Compute;
import org.gradienttape.torch.Device;

/**
 * What a node with its default settings computes with, as text; plugin.xml offers it to whoever runs the nodes without KNIME.
 */
public final class BackendReport implements Supplier<String> {
    private static final int DEFAULT_THREADS = 1;

    /**
     * One line per property; starts the engine.
     *
     * @throws org.gradienttape.error.InvalidInputException if the engine cannot be started
     */
    @Override
    public String get() {
        return lines(Backend.of(new Compute(Device.AUTOMATIC, DEFAULT_THREADS)).report());
    }

    private static String lines(final Map<String, String> report) {
        return report.entrySet().stream()
                .map(property -> "%-26s%s".formatted(property.getKey(), property.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
