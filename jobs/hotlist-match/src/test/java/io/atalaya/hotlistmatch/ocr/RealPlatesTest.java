package io.atalaya.hotlistmatch.ocr;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.ocr.LogisticLine.Values;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.OcrEvidence;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Scorer;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.StoredModel;
import io.atalaya.simulator.ocr.Misread;
import io.atalaya.simulator.ocr.OcrRead;

import it.unimi.dsi.fastutil.longs.Long2DoubleMap;
import it.unimi.dsi.fastutil.longs.Long2DoubleOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

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

    private static final Thresholds THRESHOLDS =
            Thresholds.parse(HotlistMatchOptions.SCORE_THRESHOLDS.defaultValue());
    private static final int PRIORITY = 80;

    /** The characters of canonical plates. */
    private static final String CHARACTERS = "0123456789ABCEFGHJKLMNPRSTUVWXYZ";

    /** The engine that is the model itself on the same band, so that it is right where it is. */
    private static final String SAME_BAND = "ppocrv4_band";

    /** False alerts of the line of before, with the reader of before. */
    private static final Map<String, Integer> FALSE_BEFORE = Map.of("BR", 12, "US", 215);

    /** From this difference on a model is sure. */
    private static final double SURE = 5;

    /** Up to this margin a plate is the image's own text. */
    private static final double EVEN = 0.005;

    private static List<OcrRead> reads;
    private static Map<String, Margin> images;

    /** An image's margin of any plate, computed once, because each half asks again. */
    private record Margin(PlateReader.Reading reading, Long2DoubleMap known) {
        double of(long plate) {
            return known.computeIfAbsent(plate, reading::margin);
        }

        /** Whether it says anything for or against a plate, as in the job. */
        boolean isEvidence(long plate, long text) {
            return reading.canShow(plate) && reading.canShow(text);
        }
    }

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
                BufferedImage image = PlateImage.decode(base64(file), 1_000_000);
                images.put(file, new Margin(reader.read(image), new Long2DoubleOpenHashMap()));
            }
        }
    }

    private static String base64(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(PLATES.resolve(file)));
    }

    /** Reproduces the lines and bounds of the manifest. */
    @Test
    void theLinesOfTheManifestAreThoseOfTheImages() {
        Margins all = margins(file -> true);
        OcrEvidence fitted = all.fit();
        System.out.printf(
                Locale.ROOT,
                "%s, of %d misreads, of which the model repeats %d, and %d exact reads%n",
                fitted,
                all.misreadAsText.size(),
                all.repeated,
                all.exact.size());
        OcrEvidence evidence = RULES.evidence();
        assertThat(evidence.own()).satisfies(near(fitted.own()));
        assertThat(evidence.misread()).satisfies(near(fitted.misread()));
        assertThat(evidence.equal()).satisfies(near(fitted.equal()));
        assertThat(evidence.least()).isCloseTo(fitted.least(), within(0.5));
    }

    private static Consumer<OcrEvidence.Line> near(OcrEvidence.Line fitted) {
        return line -> {
            assertThat(line.intercept()).isCloseTo(fitted.intercept(), within(0.3));
            assertThat(line.slope()).isCloseTo(fitted.slope(), within(0.2));
            assertThat(line.most()).isCloseTo(fitted.most(), within(0.5));
        };
    }

    private static Margins margins(Predicate<String> files) {
        Margins margins = new Margins();
        reads.stream().filter(read -> files.test(read.file())).forEach(margins::add);
        return margins;
    }

    /** Every other image, by its name, so that more images do not move one to the other half. */
    private static boolean isFirstHalf(String file) {
        return (file.hashCode() * 0x9E3779B9 >>> 31) == 0;
    }

    /** What is measured of the reads of some images. */
    private static final class Margins {
        /** Of the true plate, minus that of the text, where the text is a misread. */
        private final Values ownOfMisreads = new Values();

        /** Of each wrong plate beside the text, minus that of the text, where the text is right. */
        private final Values ownOfNeighbours = new Values();

        /** How many of these the confusion rates let a model read. */
        private double expected;

        private final Values misreadAsText = new Values();

        /** Of each plate beside the text other than the true one. */
        private final Values othersMisreadAsText = new Values();

        private double expectedMisread;

        private final Values exact = new Values();
        private final Values takenForTheirText = new Values();
        private int repeated;
        private final Set<String> seen = new HashSet<>();

        void add(OcrRead read) {
            Margin image = images.get(read.file());
            long text = CanonicalPlate.pack(read.text());
            double asText = image.of(text);
            if (read.kind() == Misread.EXACT) {
                exact.add(asText, 1);
                if (read.truth().length() >= PlateComparison.MIN_FUZZY_LENGTH
                        && !read.engine().equals(SAME_BAND)
                        && seen.add(read.file())) {
                    for (long other : neighbours(text)) {
                        expected += rate(other, text);
                        ownOfNeighbours.add(image.of(other) - asText, 1);
                    }
                }
            } else if (isOneEdit(read)) {
                long truth = CanonicalPlate.pack(read.truth());
                double margin = image.of(truth);
                ownOfMisreads.add(margin - asText, 1);
                misreadAsText.add(margin, 1);
                takenForTheirText.add(asText, 1);
                repeated += asText == 0 ? 1 : 0;
                for (long other : neighbours(text)) {
                    if (other != truth) {
                        expectedMisread += rate(other, text);
                        othersMisreadAsText.add(image.of(other), 1);
                    }
                }
            }
        }

        OcrEvidence fit() {
            double[] own =
                    LogisticLine.match(
                            ownOfMisreads, ownOfMisreads.total(), ownOfNeighbours, expected, -4, 7);
            double[] misread =
                    LogisticLine.match(
                            misreadAsText,
                            misreadAsText.total(),
                            othersMisreadAsText,
                            expectedMisread,
                            -6,
                            0);
            double[] equal =
                    LogisticLine.match(
                            exact,
                            exact.total(),
                            takenForTheirText,
                            takenForTheirText.total(),
                            -12,
                            0);
            return new OcrEvidence(
                    new OcrEvidence.Line(
                            own[0],
                            own[1],
                            ratio(ownOfMisreads, ownOfNeighbours, expected, SURE, 1_000)),
                    new OcrEvidence.Line(
                            misread[0],
                            misread[1],
                            ratio(misreadAsText, othersMisreadAsText, expectedMisread, -EVEN, 1)),
                    new OcrEvidence.Line(
                            equal[0],
                            equal[1],
                            ratio(exact, takenForTheirText, takenForTheirText.total(), -EVEN, 1)),
                    ratio(exact, takenForTheirText, takenForTheirText.total(), -1_000, -SURE),
                    RULES.evidence().most());
        }

        /** Half a read is added to each count, because a small one may be none. */
        private static double ratio(
                Values right, Values wrong, double whole, double from, double to) {
            return Math.log(
                    (right.share(from, to, 1) + 0.5)
                            / right.total()
                            / ((wrong.share(from, to, 1) + 0.5) / whole));
        }
    }

    /** How often a plate is read as a text. */
    private static double rate(long text, long plate) {
        byte[] read = new byte[CanonicalPlate.MAX_LENGTH];
        byte[] truth = new byte[CanonicalPlate.MAX_LENGTH];
        return Math.exp(
                ConfusionModel.logProbability(
                        read,
                        CanonicalPlate.unpack(text, read),
                        truth,
                        CanonicalPlate.unpack(plate, truth)));
    }

    private static boolean isOneEdit(OcrRead read) {
        return read.kind() == Misread.LOOK_ALIKE || read.kind() == Misread.ONE_EDIT;
    }

    /** The plates one edit from this one. */
    private static LongSet neighbours(long plate) {
        String text = CanonicalPlate.text(plate);
        LongSet others = substitutions(text);
        for (int at = 0; at <= text.length(); at++) {
            for (char other : CHARACTERS.toCharArray()) {
                others.add(CanonicalPlate.pack(text.substring(0, at) + other + text.substring(at)));
            }
            if (at < text.length()) {
                others.add(CanonicalPlate.pack(text.substring(0, at) + text.substring(at + 1)));
            }
        }
        return others;
    }

    private static LongSet substitutions(String plate) {
        LongSet others = new LongOpenHashSet();
        for (int at = 0; at < plate.length(); at++) {
            for (char other : CHARACTERS.toCharArray()) {
                others.add(
                        CanonicalPlate.pack(
                                plate.substring(0, at) + other + plate.substring(at + 1)));
            }
        }
        others.remove(CanonicalPlate.pack(plate));
        return others;
    }

    /**
     * Each half of the images with the lines of the other half, each read alone, of priority 80:
     * the true plate of a misread is found, and of a list of all plates that differ from a true one
     * in one character, less than half as many interrupt as by the line and the reader of before.
     */
    @Test
    void misreadsAreFoundAndNeighboursAreNot() {
        Map<String, Counts> counts = new TreeMap<>();
        for (boolean half : new boolean[] {true, false}) {
            OcrEvidence evidence = margins(file -> isFirstHalf(file) != half).fit();
            for (OcrRead read : reads) {
                if (isFirstHalf(read.file()) == half) {
                    counts.computeIfAbsent(read.country(), country -> new Counts())
                            .add(read, evidence);
                }
            }
        }
        counts.forEach((country, ofCountry) -> System.out.println(country + ": " + ofCountry));
        counts.forEach(
                (country, ofCountry) -> {
                    assertThat(ofCountry.found)
                            .as("misreads found of " + country)
                            .isGreaterThanOrEqualTo((int) Math.ceil(0.9 * ofCountry.misreads));
                    assertThat(ofCountry.falseAlerts)
                            .as("false alerts of " + country)
                            .isLessThanOrEqualTo(FALSE_BEFORE.get(country) / 2);
                });
    }

    /** What the reads of a country come to, with the evidence and with that of before. */
    private static final class Counts {
        private final Scorer scorer = new Scorer();
        private int misreads;
        private int found;
        private int alerts;
        private int foundBefore;
        private int alertsBefore;
        private int exact;
        private int exactAlerts;
        private int exactReviews;
        private int exactAlertsBefore;
        private int falseAlerts;
        private int falseReviews;
        private int falseBefore;
        private int falseReviewsBefore;

        void add(OcrRead read, OcrEvidence evidence) {
            if (read.kind() != Misread.SHORT && read.kind() != Misread.FARTHER) {
                addTrue(read, evidence);
            }
            substitutions(read.plate()).forEach(other -> addWrong(read, other, evidence));
        }

        private void addTrue(OcrRead read, OcrEvidence evidence) {
            Alert.Action before = action(read, CanonicalPlate.pack(read.truth()), null);
            Alert.Action now = action(read, CanonicalPlate.pack(read.truth()), evidence);
            if (read.kind() == Misread.EXACT) {
                exact++;
                exactAlerts += now == Alert.Action.ALERT ? 1 : 0;
                exactReviews += now == Alert.Action.REVIEW ? 1 : 0;
                exactAlertsBefore += before == Alert.Action.ALERT ? 1 : 0;
            } else {
                misreads++;
                found += now != null ? 1 : 0;
                alerts += now == Alert.Action.ALERT ? 1 : 0;
                foundBefore += before != null ? 1 : 0;
                alertsBefore += before == Alert.Action.ALERT ? 1 : 0;
            }
        }

        private void addWrong(OcrRead read, long other, OcrEvidence evidence) {
            Alert.Action before = action(read, other, null);
            Alert.Action now = action(read, other, evidence);
            falseAlerts += now == Alert.Action.ALERT ? 1 : 0;
            falseReviews += now == Alert.Action.REVIEW ? 1 : 0;
            falseBefore += before == Alert.Action.ALERT ? 1 : 0;
            falseReviewsBefore += before == Alert.Action.REVIEW ? 1 : 0;
        }

        /**
         * @param evidence null: the line of before, 4.5 + 1.1 margin within 4.5
         */
        private Alert.Action action(OcrRead read, long plate, OcrEvidence evidence) {
            String listed = CanonicalPlate.text(plate);
            MatchTarget target =
                    new MatchTarget(
                            "E", plate, listed, null, null, MatchMode.FUZZY, PRIORITY, null, null);
            PlateRead seen = seen(read);
            OptionalDouble logOdds = scorer.logOdds(target, seen, ConfidenceRank.UNKNOWN);
            if (logOdds.isEmpty()) {
                return null;
            }
            double alone = logOdds.getAsDouble();
            Margin image = images.get(read.file());
            double margin = image.of(plate);
            if (evidence == null) {
                boolean asked = action(alone + 4.5) != action(alone - 4.5);
                double added = Math.max(-4.5, Math.min(4.5, 4.5 + 1.1 * margin));
                return action(alone + (asked ? added : 0));
            }
            long text = CanonicalPlate.pack(read.text());
            OcrRequest asking =
                    new OcrRequest(
                            plate,
                            text,
                            scorer.anothersOwn(target, seen, ConfidenceRank.UNKNOWN),
                            "",
                            PRIORITY,
                            alone);
            boolean asked = asking.isOpen(THRESHOLDS, evidence);
            boolean isRead = asked && image.isEvidence(plate, text);
            double added = isRead ? asking.evidence(evidence, margin, image.of(text)) : 0;
            Alert.Action action = action(alone + added);
            boolean lifted = margin < 0 && plate != text && action(alone) != Alert.Action.ALERT;
            return lifted && action == Alert.Action.ALERT ? Alert.Action.REVIEW : action;
        }

        private static Alert.Action action(double logOdds) {
            return THRESHOLDS.action(PRIORITY, Score.posterior(logOdds));
        }

        private static PlateRead seen(OcrRead read) {
            return new PlateRead(
                    "R",
                    "C",
                    null,
                    0,
                    read.text(),
                    read.confidence(),
                    List.of(),
                    read.country(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d misreads, found %d (alerts %d), before %d (%d); %d exact, alerts %d reviews"
                            + " %d, before %d; wrong: alerts %d reviews %d, before %d and %d",
                    misreads,
                    found,
                    alerts,
                    foundBefore,
                    alertsBefore,
                    exact,
                    exactAlerts,
                    exactReviews,
                    exactAlertsBefore,
                    falseAlerts,
                    falseReviews,
                    falseBefore,
                    falseReviewsBefore);
        }
    }
}
