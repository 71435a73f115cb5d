package io.atalaya.ops.submit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code scripts/savepoint resume}: resumes a job from its state. */
@Command(
        name = "resume",
        description = {
            "Submits the job with the state of a savepoint. Further options are those of scripts/submit"
                    + " JOB, for example --set KEY=VALUE; its --help lists them."
        })
final class ResumeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "JOB", description = "Its name.")
    private String job;

    @Parameters(
            index = "1",
            paramLabel = "PATH",
            description = "The savepoint's or checkpoint's directory, as stop and take print it.")
    private String path;

    @Unmatched private final List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
        if (options.stream().noneMatch(option -> option.startsWith("--jobmanager"))) {
            List<String> faults = new ArrayList<>();
            SubmitJobCommand.resolved("PATH", path, faults);
            if (!faults.isEmpty()) {
                throw new ParameterException(spec.commandLine(), faults.get(0));
            }
        }
        List<String> submit = new ArrayList<>(List.of(job, "--from", path));
        submit.addAll(options);
        return spec.root()
                .subcommands()
                .get(SubmitCommand.NAME)
                .execute(submit.toArray(String[]::new));
    }
}
