package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.dispatch.policy.PolicyReader.InvalidPolicyException;
import io.atalaya.lab.evaluate.input.UnreadableInputException;
import io.atalaya.simulator.dispatch.TrueIncident;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.recording.RecordingException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code scripts/evaluate dispatch}: how well a day was dispatched, or would be by a policy. */
@Command(
        name = "dispatch",
        sortOptions = false,
        customSynopsis =
                "Usage: scripts/evaluate dispatch DIR [--policy POLICY_DIR]... [--truth TRUTH]"
                        + " [--out OUT_DIR] [--json FILE]",
        synopsisHeading = "",
        description = {
            "Prints how well a day was dispatched: incidents, interruptions per position and"
                    + " hour, floods, missed deadlines, fail-overs and devices with false alarms."
                    + " With a truth also wrong merges and splits, how soon the right"
                    + " site was notified, and what was needless.",
            "",
            "Without --policy DIR is the output of scripts/replay (incidents.jsonl,"
                    + " dispatch-*.jsonl, decisions.jsonl). Its dispatch-responses.jsonl are the"
                    + " answers of the recording.",
            "",
            "With --policy DIR is a recording, and its records go through the job's own rules"
                    + " in this process, without Kafka and Flink. With two policies the difference"
                    + " is printed as well, and simulated operators answer to both, because recorded"
                    + " dispatch-responses and deliveries are answers to the incidents of the"
                    + " policy of that day."
                    + " With one policy they answer if the recording has no dispatch-responses."
        },
        exitCodeList = {
            "0:evaluated",
            "1:OUT_DIR or FILE cannot be written",
            "2:wrong arguments, a file that cannot be read (file:line), or an invalid policy"
        })
public final class EvaluateDispatchCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;
    private static final int MAX_POLICIES = 2;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Output of a replay, or a recording.")
    private Path directory;

    @Option(
            names = "--policy",
            paramLabel = "POLICY_DIR",
            description = "A policy to try on the recording; once or twice.")
    private List<Path> policies = new ArrayList<>();

    @Option(
            names = "--truth",
            paramLabel = "TRUTH",
            description = "The recording's truth.jsonl (default: that in DIR, if there is one).")
    private Path truthFile;

    @Option(
            names = "--out",
            paramLabel = "OUT_DIR",
            description = "Also write OUT_DIR/report.html.")
    private Path out;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the figures to FILE as JSON, by policy.")
    private Path json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (policies.size() > MAX_POLICIES) {
            err.println("--policy: got " + policies.size() + ", expected at most 2");
            return WRONG_INPUT;
        }
        List<DispatchRun> runs;
        try {
            runs = runs();
        } catch (UnreadableInputException | RecordingException | InvalidPolicyException e) {
            err.println(e.getMessage());
            return WRONG_INPUT;
        } catch (IOException e) {
            err.println("--policy: cannot be read: " + e);
            return WRONG_INPUT;
        }
        print(runs);
        try {
            if (json != null) {
                Map<String, DispatchFigures> figures = new LinkedHashMap<>();
                runs.forEach(run -> figures.put(run.name(), run.figures()));
                new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValue(json.toFile(), figures);
            }
            if (out != null) {
                Path name = directory.toAbsolutePath().normalize().getFileName();
                DispatchReport.write(out, name == null ? "/" : name.toString(), runs);
                spec.commandLine().getOut().println("Report: " + out.resolve("report.html"));
            }
            return OK;
        } catch (IOException e) {
            err.println("--json or --out: cannot be written: " + e);
            return FAILED;
        }
    }

    private List<DispatchRun> runs() throws IOException, InvalidPolicyException {
        List<TrueIncident> truth = truth();
        if (policies.isEmpty()) {
            if (!DispatchFiles.isOutput(directory)) {
                throw new UnreadableInputException(
                        directory
                                + ": has no incidents.jsonl, expected the output of a replay, or"
                                + " --policy",
                        null);
            }
            return List.of(new DispatchRun("replay", DispatchFiles.read(directory), truth));
        }
        List<DispatchRun> runs = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            Policy policy = PolicyReader.read(policies.get(i));
            String name =
                    policies.size() == 1
                            ? policy.version()
                            : (char) ('A' + i) + ": " + policy.version();
            runs.add(
                    new DispatchRun(
                            name,
                            CoreRun.of(
                                    Recording.in(directory), policy, truth, policies.size() == 1),
                            truth));
        }
        return runs;
    }

    /** Empty if there is none. */
    private List<TrueIncident> truth() {
        Path file = truthFile == null ? directory.resolve(TrueIncident.FILE) : truthFile;
        return truthFile == null && !Files.exists(file) ? List.of() : DispatchFiles.truth(file);
    }

    private void print(List<DispatchRun> runs) {
        PrintWriter console = spec.commandLine().getOut();
        DispatchTables tables = new DispatchTables(runs);
        tables.summary().print(console);
        console.println();
        tables.positions().print(console);
        if (!tables.badActors().rows().isEmpty()) {
            console.println();
            tables.badActors().print(console);
        }
        if (runs.size() == 2) {
            PolicyChanges changes = PolicyChanges.between(runs.get(0), runs.get(1));
            console.printf(
                    "%n%d incidents grouped differently, %d with another priority, %d sent to"
                            + " others or at another time%n",
                    changes.regrouped().size(),
                    changes.reprioritized().size(),
                    changes.rerouted().size());
        }
        console.flush();
    }
}
