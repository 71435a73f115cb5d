package io.atalaya.hotlistmatch.secondopinion;

import io.atalaya.alert.Alert;
import io.atalaya.hotlist.MatchMode;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.ocr.Misread;
import io.atalaya.hotlistmatch.ocr.OcrRead;
import io.atalaya.hotlistmatch.ocr.OtherPlates;
import io.atalaya.hotlistmatch.score.Listed;
import io.atalaya.hotlistmatch.score.Scorer;
import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.hotlistmatch.score.Trust;
import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.StoredModel;
import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.MatchKind;
import io.atalaya.plate.PlateComparison;
import io.atalaya.plate.PlateRead;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
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
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Pictures of real plates, which three OCR engines have read, right and wrong, against a list of a
 * million plates among which the true ones are: what is found of the misreads without and with the
 * picture read again, and what is shown in error. Prints the tables of docs/second-opinion.md.
 */
class RealPlatesTest {
    private static final Path PLATES = Path.of("../../../shared/data/plates");
    private static final int LISTED = 1_000_000;
    private static final int PRIORITY = 80;
    private static final HotlistMatchSettings SETTINGS =
            HotlistMatchSettings.from(new Configuration());
    private static final Thresholds THRESHOLDS = SETTINGS.rules().thresholds();
    private static final OpinionRules RULES = SETTINGS.opinions();

    private static List<OcrRead> reads;
    private static Map<String, PlateReader.Reading> pictures;
    private static final Scorer SCORER = new Scorer();

    @BeforeAll
    static void readThePictures() throws Exception {
        assumeTrue(
                Files.isReadable(PLATES.resolve("ocr_reads.csv")),
                () -> "no pictures of real plates in " + PLATES);
        reads =
                OcrRead.in(PLATES).stream()
                        .filter(read -> read.kind() != Misread.REFUSED)
                        .filter(read -> read.kind() != Misread.DOUBTFUL)
                        .toList();
        Set<String> files = new LinkedHashSet<>();
        reads.forEach(read -> files.add(read.file()));
        pictures = new HashMap<>();
        StoredModel model = RULES.model();
        try (OnnxSession session = OnnxSession.open(model);
                PlateReader reader = new PlateReader(model.manifest(), session)) {
            for (String file : files) {
                pictures.put(
                        file,
                        reader.read(List.of(PlateImage.decode(base64(file), 1_000_000))).get(0));
            }
        }
    }

    private static String base64(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(PLATES.resolve(file)));
    }

    /** A match of a read and a listed plate, without and with the second opinion. */
    private record Shown(
            OcrRead read, boolean own, boolean equal, Alert.Action without, Alert.Action with) {}

    @Test
    void findsTheTruePlatesAmongAMillion() {
        Long2ObjectOpenHashMap<LongArrayList> buckets = buckets();
        List<Shown> shown = new ArrayList<>();
        int asked = 0;
        for (OcrRead read : reads) {
            long text = CanonicalPlate.pack(read.text());
            long truth = CanonicalPlate.pack(read.truth());
            for (long listed : candidates(text, buckets)) {
                OptionalDouble posterior = posterior(read, listed);
                if (posterior.isEmpty()) {
                    continue;
                }
                double p = posterior.getAsDouble();
                Question question = new Question(listed, "", PRIORITY, Math.log(p / (1 - p)));
                Alert.Action without = question.action(THRESHOLDS);
                Alert.Action with = without;
                if (question.isOpen(THRESHOLDS, RULES.most())) {
                    asked++;
                    double margin = pictures.get(read.file()).margin(listed);
                    with =
                            question.action(
                                    THRESHOLDS,
                                    Opinion.read(
                                            listed, margin, RULES.evidence().logOdds(margin), ""));
                }
                shown.add(new Shown(read, listed == truth, listed == text, without, with));
            }
        }
        System.out.println(asked + " questions of " + reads.size() + " reads");
        System.out.println(table(shown));

        assertThat(share(shown, Misread.LOOK_ALIKE, true)).isGreaterThanOrEqualTo(0.97);
        double without = share(shown, Misread.ONE_EDIT, false);
        double with = share(shown, Misread.ONE_EDIT, true);
        assertThat((with - without) / (1 - without))
                .as("of the single edits that nobody would see, those that the picture brings back")
                .isGreaterThanOrEqualTo(0.5);
        assertThat(shown.stream().filter(each -> isFalse(each, Alert.Action.ALERT)).count())
                .as("people interrupted for a plate that is neither there nor read")
                .isLessThanOrEqualTo(reads.size() / 1000);
        assertThat(
                        shown.stream()
                                .filter(each -> each.own && each.read.kind() == Misread.EXACT)
                                .filter(each -> each.with != Alert.Action.ALERT)
                                .count())
                .as("right reads that an opinion keeps from interrupting")
                .isLessThan(reads.size() / 100);
    }

    private static boolean isFalse(Shown each, Alert.Action with) {
        return !each.own && !each.equal && each.with == with;
    }

    private static double share(List<Shown> shown, Misread kind, boolean withOpinion) {
        long all = reads.stream().filter(read -> read.kind() == kind).count();
        return shown.stream()
                        .filter(each -> each.own && each.read.kind() == kind)
                        .filter(each -> (withOpinion ? each.with : each.without) != null)
                        .count()
                / (double) all;
    }

    private static String table(List<Shown> shown) {
        List<String> lines = new ArrayList<>();
        lines.add("country kind           reads   without: alert review   with: alert review");
        Map<String, Integer> counts = new TreeMap<>();
        for (OcrRead read : reads) {
            counts.merge(read.country() + " " + read.kind().title(), 1, Integer::sum);
        }
        counts.forEach(
                (key, count) -> {
                    List<Shown> own =
                            shown.stream()
                                    .filter(each -> each.own)
                                    .filter(
                                            each ->
                                                    key.equals(
                                                            each.read.country()
                                                                    + " "
                                                                    + each.read.kind().title()))
                                    .toList();
                    lines.add(line(key, count, own));
                });
        for (String country : List.of("BR", "US")) {
            List<Shown> others =
                    shown.stream()
                            .filter(each -> !each.own && each.read.country().equals(country))
                            .toList();
            lines.add(
                    line(
                            country + " not its plate",
                            others.size(),
                            others.stream().filter(each -> !each.equal).toList()));
            lines.add(
                    line(
                            country + " equal to another",
                            (int) others.stream().filter(Shown::equal).count(),
                            others.stream().filter(Shown::equal).toList()));
        }
        return String.join("\n", lines);
    }

    private static String line(String key, int count, List<Shown> shown) {
        return String.format(
                Locale.ROOT,
                "%-22s%6d%16d%7d%14d%7d",
                key,
                count,
                count(shown, false, Alert.Action.ALERT),
                count(shown, false, Alert.Action.REVIEW),
                count(shown, true, Alert.Action.ALERT),
                count(shown, true, Alert.Action.REVIEW));
    }

    private static long count(List<Shown> shown, boolean withOpinion, Alert.Action action) {
        return shown.stream()
                .filter(each -> (withOpinion ? each.with : each.without) == action)
                .count();
    }

    private static OptionalDouble posterior(OcrRead read, long listed) {
        PlateRead plateRead =
                new PlateRead(
                        "R",
                        "D",
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
        Listed entry =
                new Listed("E", listed, null, null, null, MatchMode.FUZZY, PRIORITY, null, null);
        return SCORER.posterior(entry, plateRead, Trust.UNKNOWN);
    }

    private static Long2ObjectOpenHashMap<LongArrayList> buckets() {
        Set<String> truths = new LinkedHashSet<>();
        reads.forEach(read -> truths.add(read.truth()));
        List<String> models = List.copyOf(truths);
        LongSet plates = new LongOpenHashSet(LISTED);
        models.forEach(plate -> plates.add(CanonicalPlate.pack(plate)));
        OtherPlates.like(models, LISTED - plates.size())
                .forEach(plate -> plates.add(CanonicalPlate.pack(plate)));
        Long2ObjectOpenHashMap<LongArrayList> buckets = new Long2ObjectOpenHashMap<>();
        plates.forEach(
                plate ->
                        BucketKeys.ofListed(
                                plate,
                                key ->
                                        buckets.computeIfAbsent(key, k -> new LongArrayList(2))
                                                .add(plate)));
        return buckets;
    }

    private static LongSet candidates(long text, Long2ObjectOpenHashMap<LongArrayList> buckets) {
        LongSet near = new LongOpenHashSet();
        BucketKeys.ofRead(
                CanonicalPlate.fold(text),
                key -> {
                    for (long listed : buckets.getOrDefault(key, new LongArrayList())) {
                        if (PlateComparison.kind(text, listed) != MatchKind.NONE) {
                            near.add(listed);
                        }
                    }
                });
        return near;
    }

    /**
     * How the line of the manifest is found: by logistic regression, as if either were as frequent,
     * of the margins of plates that are in the picture and were misread, and of the hardest others:
     * one character is another than in the picture, and readers take the two for each other.
     */
    @Test
    void theLineOfTheManifestIsThatOfTheMargins() throws IOException {
        List<Double> there = new ArrayList<>();
        List<Double> notThere = new ArrayList<>();
        Map<Character, String> confused = confused();
        Set<String> seen = new LinkedHashSet<>();
        for (OcrRead read : reads) {
            PlateReader.Reading picture = pictures.get(read.file());
            if (read.kind() == Misread.LOOK_ALIKE || read.kind() == Misread.ONE_EDIT) {
                there.add(picture.margin(CanonicalPlate.pack(read.truth())));
            }
            if (seen.add(read.file())
                    && read.truth().length() >= PlateComparison.MIN_FUZZY_LENGTH) {
                for (long other : lookAlikes(read.truth(), confused)) {
                    notThere.add(picture.margin(other));
                }
            }
        }

        double[] line = LogisticLine.fit(there, notThere);

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

    /** The plates that differ in one character from this one, and are read for it. */
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

    /** What two engines read where a character was, three times and more. */
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
