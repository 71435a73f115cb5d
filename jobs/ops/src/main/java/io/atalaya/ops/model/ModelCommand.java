package io.atalaya.ops.model;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

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
            ModelCommand.ActivateCommand.class,
            ModelCommand.ShadowCommand.class,
            ModelCommand.StopShadowCommand.class
        })
public final class ModelCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "model: got no subcommand, expected list, activate, shadow or stop-shadow");
    }

    /** Requests a version as the active one. */
    @Command(
            name = "activate",
            sortOptions = false,
            description = {
                "Makes a version the one that raises alerts. If it ran in shadow it goes on with what it has learned of each"
                        + " camera, and nothing runs in shadow any more; otherwise it gets to know the cameras first.",
                "The one that was active is not forgotten: what it has learned is kept until a third version is requested.",
            })
    static final class ActivateCommand implements Callable<Integer> {
        @Mixin private RequestOptions request;

        @Parameters(
                index = "1",
                paramLabel = "VERSION",
                description = "Its directory under the model's, where the job looks for models.")
        private String version;

        @Override
        public Integer call() {
            return request.request(
                    last ->
                            new Versions(
                                    version, version.equals(last.shadow()) ? null : last.shadow()));
        }
    }

    /** Requests a version as shadow beside the active one. */
    @Command(
            name = "shadow",
            sortOptions = false,
            description = {
                "Runs a version beside the active one. It learns as the active one does, and raises nothing; how far the two"
                        + " agree is in the metrics and in the log of the job.",
            })
    static final class ShadowCommand implements Callable<Integer> {
        @Mixin private RequestOptions request;

        @Parameters(
                index = "1",
                paramLabel = "VERSION",
                description = "Its directory under the model's, where the job looks for models.")
        private String version;

        @Override
        public Integer call() {
            return request.request(last -> new Versions(last.active(), version));
        }
    }

    /** Requests the end of the shadow version. */
    @Command(
            name = "stop-shadow",
            sortOptions = false,
            description = {"Ends what runs in shadow. The active version stays."})
    static final class StopShadowCommand implements Callable<Integer> {
        @Mixin private RequestOptions request;

        @Override
        public Integer call() {
            return request.request(last -> new Versions(last.active(), null));
        }
    }
}
