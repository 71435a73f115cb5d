package io.atalaya.ops.model;

import io.atalaya.commandline.BrokerOptions;
import io.atalaya.commandline.ExitCode;
import io.atalaya.contracts.model.ModelAnswer;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Shows the requested versions, the job's result, and the available versions. */
@Command(
        name = "list",
        sortOptions = false,
        description = {
            "Shows for each model which versions are in force (those of the last request that was not rejected),"
                    + " the job's answer to the last request, and the versions in a directory of this"
                    + " computer.",
        },
        exitCodeList = {
            "0:shown",
            "1:shown, and a job rejected the last request",
            "2:wrong arguments, or no broker",
        })
final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--models",
            defaultValue = "${sys:atalaya.home}/models",
            paramLabel = "DIR",
            description =
                    "Where versions are searched, as NAME/VERSION/ (default: the models that come"
                            + " with the project).")
    private Path models;

    @Mixin private BrokerOptions broker;

    @Override
    public Integer call() {
        if (!Files.isDirectory(models)) {
            throw new ParameterException(
                    spec.commandLine(), "--models: got " + models + ", expected a directory");
        }
        return broker.read(client -> list(new ModelTopics(client)));
    }

    private int list(ModelTopics topics) {
        Map<String, List<ModelRequest>> requests = topics.read();
        Map<String, ModelAnswer> answers = topics.answers();
        StoredVersions kept = new StoredVersions(models);
        int code = ExitCode.OK;
        for (String model : RequestOptions.MODELS) {
            ModelListing listing =
                    new ModelListing(
                            model,
                            requests.getOrDefault(model, List.of()),
                            answers,
                            kept.of(model));
            listing.print(spec.commandLine().getOut());
            code = listing.rejected() ? ExitCode.SOME_REJECTED : code;
        }
        spec.commandLine().getOut().flush();
        return code;
    }
}
