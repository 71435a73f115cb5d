package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.lab.evaluate.input.UnreadableInputException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code scripts/evaluate dispatch}: how well a day was dispatched. */
@Command(
        name = "dispatch",
        sortOptions = false,
        customSynopsis = "Usage: scripts/evaluate dispatch DIR [--out OUT_DIR]" + " [--json FILE]",
        synopsisHeading = "",
        description = {
            "Prints how well a day was dispatched: incidents, interruptions per position and"
                    + " hour, floods, missed deadlines, fail-overs and devices with false alarms."
                    + " With truth.jsonl in DIR also wrong merges and splits, how soon the right"
                    + " site was told, and what was needless.",
            "",
            "DIR is the output of scripts/replay (incidents.jsonl, dispatch-*.jsonl,"
                    + " decisions.jsonl; dispatch-responses.jsonl if there is one)."
        },
        exitCodeList = {
            "0:evaluated",
            "1:OUT_DIR or FILE cannot be written",
            "2:wrong arguments, or a file that cannot be read (file:line)"
        })
public final class EvaluateDispatchCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Output of a replay.")
    private Path directory;

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
        List<DispatchRun> runs;
        try {
            runs = runs();
        } catch (UnreadableInputException e) {
            err.println(e.getMessage());
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

    private List<DispatchRun> runs() {
        if (!DispatchFiles.isOutput(directory)) {
            throw new UnreadableInputException(
                    directory + ": has no incidents.jsonl, expected the output of a replay", null);
        }
        return List.of(
                new DispatchRun(
                        "replay", DispatchFiles.read(directory), DispatchFiles.truth(directory)));
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
        console.flush();
    }
}
