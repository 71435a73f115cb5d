package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.Lab;
import io.atalaya.lab.evaluate.input.InputFiles;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Runs the reads of the weakest of three OCR engines on images of real plates through the real job.
 * The bounds leave room for other images; docs/ocr-verification.md has the measurements of all
 * three engines with a list of a million entries.
 */
@Execution(ExecutionMode.CONCURRENT)
class RealPlatesKafkaIT {
    private static final Path PLATES = Path.of("../../../shared/data/plates");

    @TempDir private Path directory;

    @Test
    void imagesRecoverMisreadPlatesWithoutFalseAlerts() throws Exception {
        assumeTrue(
                Files.isReadable(PLATES.resolve("ocr_reads.csv")),
                () -> "no reads of real plates in " + PLATES);
        Path data = directory.resolve("data");
        Path out = directory.resolve("out");
        run(
                "evaluate",
                "plates",
                everyOtherImage().toString(),
                "--out",
                data.toString(),
                "--engine",
                "ppocrv4",
                "--entries",
                "20000");
        run(
                "replay",
                data.toString(),
                "--out",
                out.toString(),
                "--jobs",
                "hotlist-match",
                "--parallelism",
                "1",
                "-D",
                "reads.fetch-wait=50 ms");

        HotlistReport report = report(data, InputFiles.alerts(out.resolve("alerts.jsonl")));
        report.comparison().print(new PrintWriter(System.out, true));
        report.ocrTable().print(new PrintWriter(System.out, true));
        HotlistReport.Row all = report.rows().get(0);
        assertThat(share(all.counts(), PassageGroup.EXACT)).isEqualTo(1);
        assertThat(share(all.counts(), PassageGroup.LOOK_ALIKE)).isGreaterThanOrEqualTo(0.97);
        assertThat(report.ocrEffects()).containsOnlyKeys("all", "of BR", "of US");
        OcrEffect effect = report.ocrEffects().get("all");
        assertThat(effect.unseen(PassageGroup.ONE_EDIT)).isGreaterThan(25);
        assertThat(2 * effect.recovered(PassageGroup.ONE_EDIT))
                .as("twice the single edits that the images bring back")
                .isGreaterThanOrEqualTo(effect.unseen(PassageGroup.ONE_EDIT));
        assertThat(all.falseAlerts()).isLessThanOrEqualTo(1);
    }

    /** Half of the images, because reading them is most of the test's work. */
    private Path everyOtherImage() throws IOException {
        Path plates = Files.createDirectory(directory.resolve("plates"));
        try (Stream<Path> files = Files.list(PLATES)) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(plates.resolve(file.getFileName()), file.toAbsolutePath());
            }
        }
        Path reads = plates.resolve("ocr_reads.csv");
        List<String> rows = Files.readAllLines(reads);
        Files.delete(reads);
        return Files.write(reads, rows.stream().filter(RealPlatesKafkaIT::isUsed).toList())
                .getParent();
    }

    /** The head, and rows by the name of their file. */
    private static boolean isUsed(String row) {
        return row.startsWith("file,") || row.substring(0, row.indexOf(',')).hashCode() % 2 == 0;
    }

    private static double share(PassageCounts counts, PassageGroup group) {
        return counts.found(group) / (double) counts.required(group);
    }

    private static HotlistReport report(Path data, List<ScoredAlert> alerts) {
        GroundTruth truth = InputFiles.truth(data.resolve("truth.json"));
        Thresholds thresholds =
                Thresholds.parse(HotlistMatchOptions.SCORE_THRESHOLDS.defaultValue());
        return new HotlistReport(
                truth,
                thresholds,
                Baselines.over(Recording.in(data), truth),
                alerts,
                alerts,
                thresholds.review(100));
    }

    private static void run(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine command = Lab.commandLine();
        command.setOut(new PrintWriter(new StringWriter()));
        command.setErr(new PrintWriter(err, true));
        assertThat(command.execute(arguments)).as("%s", err).isZero();
    }
}
