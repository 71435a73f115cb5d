package io.atalaya.ops.model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scripts/model}: lists and requests the model versions that the running job serves. */
@Command(
        name = "model",
        sortOptions = false,
        description = {
            "Requests a version of a model from the running job, beside the active one or in its place, and shows what was"
                    + " requested. Nothing is restarted.",
            "scripts/model list --help (activate, shadow, stop-shadow) explains each."
        },
        subcommands = {
            ListCommand.class,
            ActivateCommand.class,
            ShadowCommand.class,
            StopShadowCommand.class
        })
public final class ModelCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "model: got no subcommand, expected list, activate, shadow or stop-shadow");
    }
}
