package io.atalaya.lab.replay;

import io.atalaya.flink.job.JobDefinition;
import io.atalaya.lab.platform.JobOverrides;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code scripts/replay}: runs a recording through the real jobs and writes their output to files.
 */
@Command(
        name = "replay",
        sortOptions = false,
        description = {
            "Runs the jobs over a recording, on a broker and a cluster inside this process, and writes"
                    + " what they emit to files.",
            "",
            "DATA_DIR holds a file for each recorded topic, named after it: plate-reads.jsonl or"
                    + " plate-reads.jsonl.gz, rfid-reads, hotlist, devices, camera-frames, …; missing"
                    + " ones are fine, other files are ignored. A line is one record:",
            "  {\"timestamp\": arrival in epoch ms, \"key\": …, \"value\": … or null, \"headers\": {…}}",
            "A value that is a string is sent as the text it holds, \"valueBase64\" as bytes. Topics are"
                    + " merged by timestamp; a file whose timestamps fall brings a warning.",
            "",
            "At full speed every plate image that OCR verification asks for is read, by all cores, and"
                    + " the reads wait for it (-D ocr-verification.… overrides). With a FACTOR images that"
                    + " come too fast are left out, as in production."
        },
        exitCodeList = {
            "0:every record was worked off",
            "1:a job failed",
            "2:wrong arguments, or a malformed recording (file:line and reason)",
            "130:stopped by Ctrl-C"
        })
public final class ReplayCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DATA_DIR", description = "The recording.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "OUT_DIR",
            description =
                    "Where alerts.jsonl, dead-letter.jsonl, … go; created if missing. Those of an"
                            + " earlier replay are deleted.")
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
            names = "--jobs",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Run these jobs only, for example hotlist-match (default: every job that reads"
                            + " a topic of the recording, and dispatch).")
    private List<String> jobs = new ArrayList<>();

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of a job, as in its OPTIONS.md; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() {
        List<String> faults = new ArrayList<>();
        if (parallelism < 1 || parallelism > 128) {
            faults.add("--parallelism: got " + parallelism + ", expected 1 to 128");
        }
        List<String> known = JobDefinition.all().stream().map(JobDefinition::name).toList();
        jobs.stream()
                .filter(job -> !known.contains(job))
                .forEach(job -> faults.add("--jobs: got " + job + ", expected some of " + known));
        faults.addAll(JobOverrides.faults(settings));
        String wrongOut = faultOfOut();
        if (wrongOut != null) {
            faults.add("--out: got " + out + ", expected " + wrongOut);
        }
        if (!faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join("\n", faults));
        }
        return new ReplayRun(data, out, speed, parallelism, settings, jobs)
                .run(spec.commandLine().getOut(), spec.commandLine().getErr());
    }

    /** The requirement that the output directory does not meet, or null. */
    private String faultOfOut() {
        try {
            // A replay deletes earlier output files, and a recording may contain files of the same
            // names.
            if (Files.exists(out) && Files.exists(data) && Files.isSameFile(out, data)) {
                return "another directory than DATA_DIR";
            }
            Files.createDirectories(out);
            Files.delete(Files.createTempFile(out, ".atalaya-", ""));
            return null;
        } catch (IOException e) {
            return "a directory that can be written (" + e + ")";
        }
    }
}
