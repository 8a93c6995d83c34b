package org.gradienttape.torch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.torch.library.OwnLibtorch;

/**
 * What computes a run, for a person who asks why it is slow or where its libraries come from.
 *
 * @param engine the tensor library with its version, "PyTorch 2.7.1", and whether convolutions do without oneDNN
 * @param binding what calls it from Java, "DJL 0.36.0"
 * @param device what it computes on
 * @param threads of the CPU that may work at one operation
 * @param libraries the native libraries
 */
public record Backend(String engine, String binding, Processor device, int threads, Libraries libraries) {
    /**
     * The device of a run.
     *
     * @param name "CPU"; "GPU 0 (NVIDIA H200)" or, if the driver does not say which one it is, "GPU 0"
     * @param gpus how many GPUs the engine can use
     */
    public record Processor(String name, int gpus) {}

    /**
     * The native libraries of the engine.
     *
     * @param folder that they were loaded from
     * @param origin who brought them
     */
    public record Libraries(String folder, Origin origin) {}

    /** Who brought the native libraries. */
    public enum Origin {
        /** They came with the nodes. */
        NODES("came with the nodes"),
        /** The person named their folder. */
        PERSON("chosen with " + OwnLibtorch.FOLDER);

        private final String text;

        Origin(final String text) {
            this.text = text;
        }
    }

    /**
     * What such a run uses; starts the engine if nothing has started it yet.
     *
     * @throws InvalidInputException if the engine cannot be started or lacks the device
     */
    public static Backend of(final Compute compute) {
        final TorchEngine engine = TorchEngine.start();
        final ai.djl.Device device = engine.resolve(compute.device());
        return new Backend(
                engine.name(),
                "DJL " + Engine.getDjlVersion(),
                new Processor(
                        device.isGpu() ? GpuModels.OF_THIS_MACHINE.named("GPU " + device.getDeviceId()) : "CPU",
                        engine.gpus()),
                compute.threads(),
                new Libraries(
                        LibUtils.getLibtorchPath(), OwnLibtorch.folder().isPresent() ? Origin.PERSON : Origin.NODES));
    }

    /**
     * What a trained model remembers of it: all that its numbers depend on, but no folder, since models are given away.
     *
     * @param execution of the run
     */
    public String provenance(final Execution execution) {
        return engine + " (" + binding + ") on " + device.name() + ", " + threadsText() + ", "
                + execution.name().toLowerCase(Locale.ROOT);
    }

    /** For a table of names and values. */
    public Map<String, String> report() {
        final Map<String, String> report = new LinkedHashMap<>();
        report.put("Engine", engine);
        report.put("Java binding", binding);
        report.put("Device", device.name());
        report.put("Usable GPUs", Integer.toString(device.gpus()));
        report.put("CPU threads per operation", Integer.toString(threads));
        report.put("Native libraries", libraries.folder());
        report.put("Origin of the libraries", libraries.origin().text);
        return report;
    }

    /** One line for a log. */
    @Override
    public String toString() {
        return "Backend: " + engine + " (" + binding + ") on " + device.name() + ", " + threadsText()
                + ", libraries in " + libraries.folder();
    }

    private String threadsText() {
        return threads + (threads == 1 ? " thread" : " threads");
    }
}
