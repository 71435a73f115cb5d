package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.dispatch.policy.PolicyReader.InvalidPolicyException;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.TrueIncident;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code scripts/evaluate dispatch-city}: writes a simulated day of dispatch as a recording. */
@Command(
        name = "dispatch-city",
        sortOptions = false,
        customSynopsis =
                "Usage: scripts/evaluate dispatch-city --out DIR [--minutes N] [--load SHARE]"
                        + " [--buttons N] [--heartbeats N] [--seed N] [--no-covert]"
                        + " [--no-site-faults] [--answers POLICY_DIR]",
        synopsisHeading = "",
        description = {
            "Writes a simulated day of the sources of dispatch as a recording for"
                    + " scripts/replay: devices, device-events, calls, alerts, public-warnings,"
                    + " site-presence, mutes and drones (.jsonl.gz), with truth.jsonl. The same"
                    + " arguments give the same bytes."
        },
        exitCodeList = {
            "0:written",
            "1:DIR cannot be written",
            "2:wrong arguments, or an invalid policy"
        })
public final class EvaluateDispatchCityCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    @Spec private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Directory for the files; it is created if missing.")
    private Path out;

    @Mixin private SimulatedDay day;

    @Option(
            names = "--buttons",
            defaultValue = "4500",
            paramLabel = "N",
            description = "Help buttons, 100 to 100000 (default: ${DEFAULT-VALUE}).")
    private int buttons;

    @Option(
            names = "--heartbeats",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "Minutes between the heartbeats of a button, 0 for none (default:"
                            + " ${DEFAULT-VALUE}). They are held in memory: 4500 buttons every 5"
                            + " minutes are 1.3 million records a day.")
    private int heartbeats;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of the day (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--no-covert",
            description = "Without covert entries of the hot list; all else is the same.")
    private boolean isOpenOnly;

    @Option(names = "--no-site-faults", description = "No site stops or is cut off.")
    private boolean isWithoutFaults;

    @Option(
            names = "--answers",
            paramLabel = "POLICY_DIR",
            description =
                    "Also write dispatch-responses and deliveries: what simulated operators and"
                            + " bridges answer to the incidents of this policy. Without them scripts/replay shows a day"
                            + " that is not answered at all.")
    private Path answers;

    @Override
    public Integer call() {
        DispatchDay generated;
        try {
            generated =
                    DispatchDay.generate(
                            day.options(seed)
                                    .withButtons(buttons, heartbeats)
                                    .withCovert(!isOpenOnly)
                                    .withSiteFaults(!isWithoutFaults));
            if (answers != null) {
                generated = generated.with(CoreRun.answers(generated, PolicyReader.read(answers)));
            }
        } catch (IOException e) {
            spec.commandLine().getErr().println("--answers: cannot be read: " + e);
            return WRONG_INPUT;
        } catch (IllegalArgumentException | InvalidPolicyException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return WRONG_INPUT;
        }
        try {
            generated.write(out);
        } catch (IOException e) {
            spec.commandLine().getErr().println("--out: " + out + ": cannot be written: " + e);
            return FAILED;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d records about %,d true incidents written to %s%n",
                        generated.records().size(),
                        generated.truth().stream().filter(TrueIncident::isNotified).count(),
                        out);
        spec.commandLine().getOut().flush();
        return OK;
    }
}
