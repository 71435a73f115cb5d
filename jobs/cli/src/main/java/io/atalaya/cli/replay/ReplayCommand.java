package io.atalaya.cli.replay;

import io.atalaya.cli.embedded.JobOverrides;

import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code scripts/replay}: a recording through the real jobs, into files. */
@Command(
        name = "replay",
        sortOptions = false,
        customSynopsis =
                "Usage: scripts/replay DATA_DIR --out OUT_DIR [--speed max|FACTOR] [--parallelism N]"
                        + " [-D KEY=VALUE]...",
        synopsisHeading = "",
        description = {
            "Runs the jobs over a recording, on a broker and a cluster inside this process, and writes"
                    + " what they emit to files.",
            "",
            "DATA_DIR holds a file for each recorded topic, named after it: plate-reads.jsonl or"
                    + " plate-reads.jsonl.gz, rfid-reads, hotlist, devices, camera-frames, …; missing"
                    + " ones are fine, other files are ignored. A line is one record:",
            "  {\"timestamp\": arrival in epoch ms, \"key\": …, \"value\": … or null, \"headers\": {…}}",
            "A value that is a string is sent as the text it holds, \"valueBase64\" as bytes.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every record was worked off",
            "1:a job failed",
            "2:wrong arguments, or a malformed recording (file:line and reason)",
            "130:stopped by Ctrl-C"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;
    private static final int INTERRUPTED = 130;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DATA_DIR", description = "The recording.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "OUT_DIR",
            description = "Where alerts.jsonl, dead-letter.jsonl, … go; created if missing.")
    private Path out;

    @Option(
            names = "--speed",
            defaultValue = "max",
            converter = Speed.Converter.class,
            paramLabel = "max|FACTOR",
            description =
                    "As fast as the machine can (default), or a factor: 1 as recorded, 60 an hour a"
                            + " minute.")
    private Speed speed;

    @Option(
            names = "--parallelism",
            defaultValue = "2",
            paramLabel = "N",
            description = "Of each job (default: ${DEFAULT-VALUE}).")
    private int parallelism;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of a job, as in its OPTIONS.md; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public Integer call() {
        List<ReplayedJob> jobs = ReplayedJobs.all();
        List<String> faults = new ArrayList<>();
        if (parallelism < 1 || parallelism > 128) {
            faults.add("--parallelism: got " + parallelism + ", expected 1 to 128");
        }
        faults.addAll(
                JobOverrides.faults(settings, jobs.stream().map(ReplayedJob::overrides).toList()));
        String wrongOut = OutDirectory.fault(out, data);
        if (wrongOut != null) {
            faults.add("--out: got " + out + ", expected " + wrongOut);
        }
        if (!faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", faults));
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Replay replay =
                    new Replay(
                            Recording.in(data),
                            out,
                            speed,
                            parallelism,
                            settings,
                            new ReplayLog(spec.commandLine().getOut()));
            replay.run(jobs);
            return OK;
        } catch (RecordingException e) {
            err.println(e.getMessage());
            return WRONG_INPUT;
        } catch (InterruptedException e) {
            err.println("Stopped.");
            return INTERRUPTED;
        } catch (ReplayException | IllegalStateException | UncheckedIOException e) {
            if (isInterruption(e)) {
                err.println("Stopped.");
                return INTERRUPTED;
            }
            printWithCauses(e, err);
            return FAILED;
        }
    }

    private static boolean isInterruption(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof InterruptException) {
                return true;
            }
        }
        return false;
    }

    /** The causes are what a person needs; a stack of ours would only bury them. */
    private static void printWithCauses(Throwable e, PrintWriter err) {
        err.println("Replay failed: " + e.getMessage());
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            err.println("  because: " + cause);
        }
    }
}
