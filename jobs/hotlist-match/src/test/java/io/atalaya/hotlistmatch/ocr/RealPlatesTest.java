package io.atalaya.hotlistmatch.ocr;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.StoredModel;
import io.atalaya.simulator.ocr.Misread;
import io.atalaya.simulator.ocr.OcrRead;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Measures the margins of real plates, on images that three OCR engines have read, right and wrong.
 * Prints the table in docs/ocr-verification.md that converts a margin into evidence.
 */
class RealPlatesTest {
    private static final Path PLATES = Path.of("../../../shared/data/plates");
    private static final OcrSettings RULES = HotlistMatchSettings.from(new Configuration()).ocr();

    private static List<OcrRead> reads;
    private static Map<String, PlateReader.Reading> images;

    @BeforeAll
    static void readTheImages() throws Exception {
        assumeTrue(
                Files.isReadable(PLATES.resolve("ocr_reads.csv")),
                () -> "no images of real plates in " + PLATES);
        reads =
                OcrRead.in(PLATES).stream()
                        .filter(read -> read.kind() != Misread.REJECTED)
                        .filter(read -> read.kind() != Misread.DOUBTFUL)
                        .toList();
        Set<String> files = new LinkedHashSet<>();
        reads.forEach(read -> files.add(read.file()));
        images = new HashMap<>();
        StoredModel model = RULES.model();
        try (OnnxSession session = OnnxSession.open(model);
                PlateReader reader = new PlateReader(model.manifest(), session)) {
            for (String file : files) {
                images.put(
                        file,
                        reader.read(List.of(PlateImage.decode(base64(file), 1_000_000))).get(0));
            }
        }
    }

    private static String base64(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(PLATES.resolve(file)));
    }

    /**
     * Reproduces the line of the manifest by logistic regression with equal class weights. One
     * class is the margins of plates that are in the image and were misread. The other is the
     * hardest counterexamples: one character differs from the image, and readers confuse the two
     * characters.
     */
    @Test
    void theLineOfTheManifestIsThatOfTheMargins() throws IOException {
        List<Double> there = new ArrayList<>();
        List<Double> notThere = new ArrayList<>();
        Map<Character, String> confused = confused();
        Set<String> seen = new LinkedHashSet<>();
        for (OcrRead read : reads) {
            PlateReader.Reading image = images.get(read.file());
            if (read.kind() == Misread.LOOK_ALIKE || read.kind() == Misread.ONE_EDIT) {
                there.add(image.margin(CanonicalPlate.pack(read.truth())));
            }
            if (seen.add(read.file())
                    && read.truth().length() >= PlateComparison.MIN_FUZZY_LENGTH) {
                for (long other : lookAlikes(read.truth(), confused)) {
                    notThere.add(image.margin(other));
                }
            }
        }

        double[] line = LogisticLine.match(there, notThere);

        System.out.printf(
                Locale.ROOT,
                "log-likelihood ratio: %.2f + %.2f margin, of %d margins of plates that are there and"
                        + " %d of others%n",
                line[0],
                line[1],
                there.size(),
                notThere.size());
        for (double margin : new double[] {-0.5, -2, -4, -6, -8}) {
            System.out.printf(
                    Locale.ROOT,
                    "  at %4.1f and above: %5.1f %% of those there, %5.1f %% of the others%n",
                    margin,
                    100 * shareAbove(margin, there),
                    100 * shareAbove(margin, notThere));
        }
        for (double margin : new double[] {-1, -3, -5}) {
            assertThat(RULES.evidence().logOdds(margin))
                    .as("of a margin of %s", margin)
                    .isCloseTo(line[0] + line[1] * margin, within(0.75));
        }
        assertThat(shareAbove(-2, there)).isGreaterThan(0.8);
        assertThat(shareAbove(-2, notThere)).isLessThan(0.02);
    }

    /** The plates that differ from this one in one character and are confused with it. */
    private static LongSet lookAlikes(String plate, Map<Character, String> confused) {
        LongSet others = new LongOpenHashSet();
        for (int i = 0; i < plate.length(); i++) {
            for (char other : confused.getOrDefault(plate.charAt(i), "").toCharArray()) {
                others.add(
                        CanonicalPlate.pack(
                                plate.substring(0, i) + other + plate.substring(i + 1)));
            }
        }
        others.remove(CanonicalPlate.pack(plate));
        return others;
    }

    /** For each character, the characters that two engines read instead at least three times. */
    private static Map<Character, String> confused() throws IOException {
        Map<Character, String> confused = new HashMap<>();
        for (String line : Files.readAllLines(PLATES.resolve("confusions.csv"))) {
            if (line.matches("[A-Z0-9],[A-Z0-9],\\d+") && line.charAt(0) != line.charAt(2)) {
                if (Integer.parseInt(line.substring(4)) >= 3) {
                    confused.merge(line.charAt(0), line.substring(2, 3), String::concat);
                }
            }
        }
        return confused;
    }

    private static double shareAbove(double bound, List<Double> margins) {
        return margins.stream().filter(margin -> margin >= bound).count() / (double) margins.size();
    }
}
