package io.atalaya.lab.evaluate;

import io.atalaya.simulator.ocr.OcrRead;
import io.atalaya.simulator.ocr.OcrRecording;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * {@code scripts/evaluate plates}: writes real OCR reads of real plates as a recording with its
 * ground truth.
 */
@Command(
        name = "plates",
        sortOptions = false,
        customSynopsis =
                "Usage: scripts/evaluate plates DIR --out DATA_DIR [--entries N] [--engine NAME]...",
        synopsisHeading = "",
        description = {
            "Writes what OCR engines read on pictures of plates as scripts/replay takes it: devices,"
                    + " hotlist and plate-reads with the pictures (.jsonl.gz), and truth.json beside"
                    + " them. The list holds the true plates among others made like them, a letter"
                    + " for a letter and a digit for a digit, all of priority 80. The same arguments"
                    + " give the same bytes.",
            "",
            "DIR holds the pictures and ocr_reads.csv: file,country,truth,engine,text,mean_confidence,"
                    + " a row for each picture and engine. Reads of labels that labels_doubtful.csv"
                    + " (file,reason) mistrusts are left out."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:written",
            "1:DATA_DIR cannot be written",
            "2:wrong arguments, a table that cannot be read (file, row and field), or no picture"
        })
final class EvaluatePlatesCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    private static final int MOST_ENTRIES = 5_000_000;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The pictures and what was read on them.")
    private Path folder;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DATA_DIR",
            description = "Where the files go; made if it is missing.")
    private Path out;

    @Option(
            names = "--entries",
            defaultValue = "1000000",
            paramLabel = "N",
            description =
                    "Entries on the list, the true plates among them, 0 to 5000000 (default:"
                            + " ${DEFAULT-VALUE}).")
    private int entries;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Only reads of this engine; may be repeated (default: of all).")
    private List<String> engines = new ArrayList<>();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "This text.")
    private boolean help;

    @Override
    public Integer call() {
        if (entries < 0 || entries > MOST_ENTRIES) {
            return wrong("--entries: got " + entries + ", expected 0 to " + MOST_ENTRIES);
        }
        List<OcrRead> reads;
        OcrRecording recording;
        try {
            reads = engineByEngine(OcrRead.in(folder));
            recording = new OcrRecording(folder, reads, entries);
        } catch (IllegalArgumentException e) {
            return wrong(e.getMessage());
        } catch (NoSuchFileException e) {
            return wrong(e.getMessage() + ": no such file");
        } catch (IOException e) {
            return wrong(folder + ": cannot be read: " + e);
        }
        try {
            recording.write(out);
        } catch (IOException e) {
            spec.commandLine().getErr().println(out + ": not written: " + e);
            return FAILED;
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d reads, %,d more left out for their doubtful labels; %,d true plates"
                                + " among %,d entries; written to %s%n",
                        recording.reads(),
                        reads.size() - recording.reads(),
                        recording.truePlates(),
                        recording.entries(),
                        out);
        spec.commandLine().getOut().flush();
        return OK;
    }

    private List<OcrRead> engineByEngine(List<OcrRead> all) {
        List<String> known = all.stream().map(OcrRead::engine).distinct().toList();
        List<OcrRead> reads = new ArrayList<>();
        for (String engine : engines.isEmpty() ? known : new LinkedHashSet<>(engines)) {
            if (!known.contains(engine)) {
                throw new IllegalArgumentException(
                        "--engine: got " + engine + ", expected one of " + known);
            }
            all.stream().filter(read -> read.engine().equals(engine)).forEach(reads::add);
        }
        return reads;
    }

    private int wrong(String fault) {
        spec.commandLine().getErr().println(fault);
        return WRONG_INPUT;
    }
}
