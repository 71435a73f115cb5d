package io.atalaya.cli.model;

import io.atalaya.cli.broker.BrokerOptions;
import io.atalaya.cli.broker.ExitCode;
import io.atalaya.model.ModelAnswer;
import io.atalaya.model.ModelControl;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Shows what was asked for, whether the job granted it, and what there is. */
@Command(
        name = "list",
        sortOptions = false,
        description = {
            "Shows for each model which versions were asked for, whether the job granted that, and the versions in a"
                    + " directory of this computer.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown",
            "1:shown, and a job refused what was asked for",
            "2:wrong arguments, or no broker",
        })
final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--models",
            defaultValue = "${sys:atalaya.home}/models",
            paramLabel = "DIR",
            description =
                    "Where versions are looked for, as NAME/VERSION/ (default: the models that come"
                            + " with the project).")
    private Path models;

    @Mixin private BrokerOptions broker;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public Integer call() {
        if (!Files.isDirectory(models)) {
            throw new ParameterException(
                    spec.commandLine(), "--models: got " + models + ", expected a directory");
        }
        return broker.run(client -> list(new ModelTopics(client)));
    }

    private int list(ModelTopics topics) {
        Map<String, List<AskedFor>> asked = topics.read();
        Map<String, ModelAnswer> answers = topics.answers();
        KeptVersions kept = new KeptVersions(models);
        int code = ExitCode.OK;
        for (String model : RequestOptions.MODELS) {
            List<AskedFor> all = asked.getOrDefault(model, List.of());
            AskedFor last = all.isEmpty() ? null : all.get(all.size() - 1);
            ModelAnswer answer = last == null ? null : answers.get(last.position());
            show(model, last, answer, kept.of(model));
            code = answer == null || answer.granted() ? code : ExitCode.SOME_REFUSED;
        }
        spec.commandLine().getOut().flush();
        return code;
    }

    private void show(String model, AskedFor last, ModelAnswer answer, Map<String, String> kept) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(model);
        if (last == null) {
            out.println("  nothing asked for: the version of the job's settings is active");
        } else if (last.control() == null) {
            out.println("  asked for something that cannot be read");
        } else {
            ModelControl control = last.control();
            out.println("  active  " + RequestOptions.active(control));
            if (control.shadow() != null) {
                out.println("  shadow  " + control.shadow());
            }
            out.printf(
                    "  by      %s, %s%s%n",
                    control.requestedBy(),
                    Instant.ofEpochMilli(control.time()),
                    control.purpose() == null ? "" : ": " + control.purpose());
        }
        if (answer != null) {
            out.println(
                    (answer.granted() ? "  granted: " : "  REFUSED, and served as before: ")
                            + answer.reason());
        } else if (last != null) {
            out.println("  no answer of the job (yet, or any more)");
        }
        kept.forEach((version, words) -> out.printf("  %-7s %s%n", version, words));
    }
}
