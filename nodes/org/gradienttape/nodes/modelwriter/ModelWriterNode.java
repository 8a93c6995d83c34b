package org.gradienttape.nodes.modelwriter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.gradienttape.error.InvalidInputException;
import org.gradienttape.file.FileTrouble;
import org.gradienttape.file.IfExists;
import org.gradienttape.file.MadeFolders;
import org.gradienttape.model.Model;
import org.gradienttape.nodes.Doubt;
import org.gradienttape.nodes.EngineCall;
import org.gradienttape.nodes.NodeCode;
import org.gradienttape.nodes.NodeProgress;
import org.gradienttape.nodes.ports.ModelPortObject;
import org.gradienttape.nodes.ports.ModelPortObjectSpec;
import org.gradienttape.nodes.table.WrittenFileTable;
import org.gradienttape.nodes.table.WrittenFileTable.Status;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionContext;
import org.knime.core.node.InvalidSettingsException;
import org.knime.core.node.KNIMEException;
import org.knime.node.DefaultModel.ConfigureInput;
import org.knime.node.DefaultModel.ConfigureOutput;
import org.knime.node.DefaultModel.ExecuteInput;
import org.knime.node.DefaultModel.ExecuteOutput;

/** What the Model Writer does. */
final class ModelWriterNode {
    private ModelWriterNode() {}

    static void configure(final ConfigureInput in, final ConfigureOutput out) throws InvalidSettingsException {
        final ModelWriterNodeParameters parameters = in.getParameters();
        final ModelPortObjectSpec model = in.getInPortSpec(0);
        EngineCall.configuring(() -> free(parameters.file(), parameters.ifExists()));
        EngineCall.configuring(() -> {
            parameters.check(model.network());
            return model;
        });
        Doubt.say(out::setWarningMessage, List.of(parameters.doubtfulName()));
        out.setOutSpec(0, WrittenFileTable.spec());
    }

    static void execute(final ExecuteInput in, final ExecuteOutput out)
            throws CanceledExecutionException, KNIMEException {
        final ExecutionContext exec = in.getExecutionContext();
        final ModelWriterNodeParameters parameters = in.getParameters();
        final ModelPortObject model = in.getInPortObject(0);
        final Path file = EngineCall.executing(parameters::file);
        final Status status =
                NodeCode.run(() -> write(model.model(), file, parameters, () -> NodeProgress.isWanted(exec)));
        Doubt.say(out::setWarningMessage, List.of(parameters.doubtfulName()));
        out.setOutData(0, WrittenFileTable.write(file, status, exec));
    }

    private static Status write(
            final Model model, final Path file, final ModelWriterNodeParameters parameters, final BooleanSupplier goOn)
            throws IOException {
        final Status status = Files.exists(file) ? Status.OVERWRITTEN : Status.CREATED;
        try (MadeFolders folders = makeFolders(file.getParent())) {
            parameters.write(model, file, goOn);
            folders.keep();
        }
        return status;
    }

    private static MadeFolders makeFolders(final Path folder) throws IOException {
        try {
            return MadeFolders.upTo(folder);
        } catch (final IOException e) {
            throw FileTrouble.writing("The folder of the model", folder, e);
        }
    }

    /** Says early what would be lost after hours of training: the file is in the way. */
    private static Path free(final Path file, final IfExists ifExists) {
        if (ifExists == IfExists.FAIL && Files.exists(file)) {
            throw new InvalidInputException(
                    "The file " + file + " exists already, and it is not to be overwritten; choose"
                            + " another name, delete it, or let the node overwrite it.");
        }
        return file;
    }
}
