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
                "Usage: scripts/evaluate plates DIR --out DATA_DIR [--entries N | --wrong N]"
                        + " [--engine NAME]...",
        synopsisHeading = "",
        description = {
            "Writes what OCR engines read on images of plates as a recording for"
                    + " scripts/replay: devices, hotlist and plate-reads with the images"
                    + " (.jsonl.gz), with truth.json. The list holds the true plates among others"
                    + " of the same pattern of letters and digits, all of priority 80. The same"
                    + " arguments give the same bytes.",
            "",
            "With --wrong the list holds no true plate, so that every alert is a false one: for"
                    + " each true plate N that differ from it in one character, those first that"
                    + " readers print most often instead of it.",
            "",
            "DIR holds the images and ocr_reads.csv with a row for each image and engine:"
                    + " file,country,truth,engine,text,mean_confidence. Reads whose label is in"
                    + " labels_doubtful.csv (file,reason) are left out."
        },
        exitCodeList = {
            "0:written",
            "1:DATA_DIR cannot be written",
            "2:wrong arguments, a table that cannot be read (file, row and field), or no image"
        })
final class EvaluatePlatesCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int WRONG_INPUT = 2;

    private static final int MAX_ENTRIES = 5_000_000;
    private static final int MAX_WRONG = 400;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The images and what was read on them.")
    private Path folder;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DATA_DIR",
            description = "Directory for the files; it is created if missing.")
    private Path out;

    @Option(
            names = "--entries",
            defaultValue = "1000000",
            paramLabel = "N",
            description =
                    "Entries on the list, including the true plates, 0 to 5000000"
                            + " (default: ${DEFAULT-VALUE}).")
    private int entries;

    @Option(
            names = "--wrong",
            paramLabel = "N",
            description =
                    "Wrong plates for each true one, 1 to 400; they take the place of --entries.")
    private Integer wrong;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Only reads of this engine; may be repeated (default: all engines).")
    private List<String> engines = new ArrayList<>();

    @Override
    public Integer call() {
        if (entries < 0 || entries > MAX_ENTRIES) {
            return wrong("--entries: got " + entries + ", expected 0 to " + MAX_ENTRIES);
        }
        if (wrong != null && (wrong < 1 || wrong > MAX_WRONG)) {
            return wrong("--wrong: got " + wrong + ", expected 1 to " + MAX_WRONG);
        }
        List<OcrRead> reads;
        OcrRecording recording;
        try {
            reads = engineByEngine(OcrRead.in(folder));
            recording =
                    wrong == null
                            ? OcrRecording.ofTruePlates(folder, reads, entries)
                            : OcrRecording.ofWrongPlates(folder, reads, wrong);
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
