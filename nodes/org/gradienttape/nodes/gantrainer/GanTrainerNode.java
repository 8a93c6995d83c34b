package org.gradienttape.nodes.gantrainer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradienttape.data.DatasetInfo;
import org.gradienttape.data.Pixels;
import org.gradienttape.gan.GanConfig;
import org.gradienttape.model.Outline;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.StepKind;
import org.gradienttape.nodes.log.EpochLogTable;
import org.gradienttape.nodes.log.GanStepLogTable;
import org.gradienttape.nodes.ports.DatasetPortObject;
import org.gradienttape.nodes.ports.DatasetPortObjectSpec;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.table.BackendTable;
import org.gradienttape.nodes.table.GeneratedImagesTable;
import org.gradienttape.nodes.training.NodeMonitor;
import org.gradienttape.torch.Backend;
import org.gradienttape.torch.gan.CodeGanTraining;
import org.gradienttape.torch.gan.GanJob;
import org.gradienttape.torch.gan.GanTraining;
import org.gradienttape.torch.gan.TrainedGan;
import org.gradienttape.torch.training.Doubts;
import org.gradienttape.torch.training.RunFiles;
import org.gradienttape.train.StopReason;
import org.knime.core.node.BufferedDataTable;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.core.node.NodeLogger;
import org.knime.core.node.port.PortObject;
import org.knime.core.node.port.PortObjectSpec;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the GAN Trainer does. */
final class GanTrainerNode {
    private static final NodeLogger LOGGER = NodeLogger.getLogger(GanTrainerNode.class);

    private GanTrainerNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final GanTrainerNodeParameters parameters = in.getParameters();
        parameters.validate();
        final PortObjectSpec[] specs = in.getInPortSpecs();
        final Outline generator = ((ModelPortObjectSpec) specs[0]).model();
        final Outline discriminator = ((ModelPortObjectSpec) specs[1]).model();
        final DatasetInfo training = ((DatasetPortObjectSpec) specs[2]).info();
        final Optional<DatasetInfo> validation =
                specs.length > 3 ? Optional.of(((DatasetPortObjectSpec) specs[3]).info()) : Optional.empty();
        final GanConfig config = parameters.ganConfig();
        EngineCall.configuring(() -> {
            GanTraining.check(generator.network(), discriminator.network(), training, validation, config);
            if (parameters.step == StepKind.STANDARD) {
                GanTraining.checkStandardStep(discriminator.network());
            }
            GanTraining.checkWatched(parameters.callbacks(), validation);
            return config;
        });
        final Optional<Pixels> pixels = EngineCall.configuring(() -> GanJob.pixels(generator, discriminator))
                .or(training::pixels);
        Doubt.say(
                out::setWarningMessage, List.of(pixels.flatMap(real -> Doubts.ofGenerator(generator.network(), real))));
        out.setOutSpec(
                0,
                new ModelPortObjectSpec(generator.with(generator.preprocessing().with(pixels))));
        out.setOutSpec(
                1,
                new ModelPortObjectSpec(
                        discriminator.with(discriminator.preprocessing().with(pixels))));
        if (parameters.step == StepKind.STANDARD) { // what Java code reports is known only when it has run
            out.setOutSpec(2, GanStepLogTable.spec());
        }
        out.setOutSpec(3, GeneratedImagesTable.spec(config.images()));
        out.setOutSpec(4, EpochLogTable.ofTwo(parameters.callbacks(), parameters.runState.enabled));
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final GanTrainerNodeParameters parameters = in.getParameters();
        final ExecutionContext exec = in.getExecutionContext();
        final GanJob given = EngineCall.executing(() -> job(parameters, in.getInPortObjects()));
        final GanJob job = EngineCall.executing(given::inTermsOfTheModels);
        final List<Optional<String>> doubts = new ArrayList<>(List.of(
                Doubts.ofGenerator(
                        job.generator().model().network(), job.training().pixels()),
                Doubts.ofScaling(given.training(), job.training()),
                job.generator().model().preprocessing().doubt(job.training(), "the training data")));
        Doubt.say(out::setWarningMessage, doubts);
        final NodeMonitor monitor = new NodeMonitor(exec, LOGGER);
        NodeProgress.startEngine(exec);
        final Backend backend = EngineCall.executing(() -> Backend.of(job.compute()));
        monitor.log(backend.toString());
        final RunFiles files = EngineCall.executing(parameters::files);
        final TrainedGan trained = EngineCall.executing(() -> switch (parameters.step) {
            case STANDARD -> GanTraining.run(job, files, monitor);
            case JAVA_CODE -> CodeGanTraining.run(job, parameters.ownStep.source(), files, monitor);
        });
        if (trained.log().stopReason() == StopReason.CANCELLED) {
            throw new CanceledExecutionException();
        }
        out.setOutData(
                0,
                new ModelPortObject(trained.generator().withCode(trained.code().filter(code -> parameters.showCode))));
        out.setOutData(1, new ModelPortObject(trained.discriminator()));
        final BufferedDataTable steps = GanStepLogTable.write(trained.log(), exec);
        final BufferedDataTable images =
                GeneratedImagesTable.write(trained.images(), job.config().images(), exec);
        final BufferedDataTable epochs =
                EpochLogTable.writeOfTwo(trained.log(), job.callbacks(), parameters.runState.enabled, exec);
        out.setOutData(2, steps);
        out.setOutData(3, images);
        out.setOutData(4, epochs);
        out.setInternalData(steps, images, epochs, BackendTable.write(backend, exec));
        doubts.addAll(monitor.warnings());
        Doubt.say(out::setWarningMessage, doubts); // a node has one warning, so the first ones are said again
    }

    private static GanJob job(final GanTrainerNodeParameters parameters, final PortObject[] inputs) throws IOException {
        return new GanJob(
                new GanJob.Player(((ModelPortObject) inputs[0]).model(), parameters.generatorUpdate()),
                new GanJob.Player(((ModelPortObject) inputs[1]).model(), parameters.discriminatorUpdate()),
                ((DatasetPortObject) inputs[2]).dataset(),
                inputs.length > 3 ? Optional.of(((DatasetPortObject) inputs[3]).dataset()) : Optional.empty(),
                parameters.ganConfig(),
                parameters.callbacks(),
                parameters.compute());
    }
}
