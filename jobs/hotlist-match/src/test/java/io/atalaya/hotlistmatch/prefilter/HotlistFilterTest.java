package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.ConfusionModel;
import io.atalaya.contracts.plate.MatchKind;
import io.atalaya.contracts.plate.MexicanSeries;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.score.ConfidenceRank;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.PlateSyntax;
import io.atalaya.hotlistmatch.score.ScoreBound;
import io.atalaya.hotlistmatch.score.ScoreBoundFilter;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The second gate asks what is listed only for likely plates, and misses none. */
class HotlistFilterTest {
    private static final Vehicle LOOKS = new Vehicle("NISSAN", null, "WHITE", "SEDAN", 0.9);

    private final ScoreBoundFilter plausibility =
            new ScoreBoundFilter(Operators.THRESHOLDS, Operators.MAX_OCR_LOG_ODDS);

    /** A character put in place of another, taken out, or left as it is. */
    record Edit(int at, char symbol, boolean isDropped) {
        String of(String text) {
            return text.substring(0, at)
                    + (isDropped ? "" : symbol)
                    + text.substring(Math.min(text.length(), at + 1));
        }
    }

    record Read(String text, String alternative, String country, String state, Vehicle looks) {}

    @Provide
    Arbitrary<Read> reads() {
        Arbitrary<String> texts =
                Arbitraries.of("LMN481B", "NKR4826", "GSB580S", "A12BCE", "XYZ1234", "4MN4817");
        return Combinators.combine(
                        texts,
                        Arbitraries.of("LMN481", "GSBS805", "NKR48Z6").injectNull(0.5),
                        Arbitraries.of("MX", "MX", "US", "BR", "DE"),
                        Arbitraries.of("MEX", "JAL").injectNull(0.5),
                        Arbitraries.of(LOOKS).injectNull(0.5))
                .as(Read::new);
    }

    @Provide
    Arbitrary<List<Edit>> lists() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.chars().with("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
                        Arbitraries.of(true, false, false))
                .as(Edit::new)
                .list()
                .ofMaxSize(4);
    }

    @Property(tries = 3_000)
    void passesWhatCanReachAReviewAndNothingThatTryingEveryPlateRejects(
            @ForAll("reads") Read made,
            @ForAll("lists") List<Edit> list,
            @ForAll("confidences") double confidence,
            @ForAll("confidences") double rank) {
        PlateRead read = read(made, confidence);
        ScoreBound scoreBound = plausibility.of(read, new ConfidenceRank((float) rank, 200));
        HotlistFilter filter = new HotlistFilter(100);
        LongSet plates = new LongOpenHashSet();
        LongSet listed = new LongOpenHashSet();
        for (Edit edit : list) {
            String plate = edit.of(made.text());
            plates.add(CanonicalPlate.pack(plate));
            listed.add(CanonicalPlate.fold(CanonicalPlate.pack(plate)));
            filter.apply(added(plate));
        }
        for (String text : read.texts()) {
            long folded = CanonicalPlate.fold(CanonicalPlate.pack(text));
            int near = filter.near(folded);
            boolean most = near != 0 && canReachReview(folded, near, scoreBound, listed);
            boolean isMexican = scoreBound.syntax() == PlateSyntax.MEXICO;
            boolean least =
                    isMexican
                            ? near != 0
                                    && hasLikely(
                                            CanonicalPlate.pack(text), near, scoreBound, plates)
                            : most;
            boolean actual =
                    near != 0 && filter.canReachReview(folded, near, scoreBound, plausibility);

            Statistics.label("ordinary").collect(plausibility.isOrdinary(scoreBound));
            Statistics.label("passes")
                    .collect(actual)
                    .coverage(
                            coverage -> {
                                coverage.check(true).percentage(share -> share > 10);
                                coverage.check(false).percentage(share -> share > 10);
                            });
            assertThat(actual || !least).as("misses %s with %s", read, list).isTrue();
            assertThat(most || !actual).as("passes %s with %s", read, list).isTrue();
        }
    }

    @Provide
    Arbitrary<Double> confidences() {
        return Arbitraries.doubles().between(0, 1);
    }

    /** Tries every text that differs in one character, and every plate with such a folded form. */
    private boolean canReachReview(long folded, int near, ScoreBound scoreBound, LongSet listed) {
        if ((near & BucketKeys.EQUAL) != 0) {
            return true;
        }
        for (int fromEnd = 1; near >>> fromEnd != 0; fromEnd++) {
            if ((near >>> fromEnd & 1) != 0
                    && PlateNeighbours.anyAt(
                            folded,
                            fromEnd,
                            plate ->
                                    listed.contains(plate)
                                            && plausibility.canReachReview(scoreBound, plate))) {
                return true;
            }
        }
        return false;
    }

    /** Whether some listed plate, as it is written, is likely enough; of no other than Mexico. */
    private boolean hasLikely(long text, int near, ScoreBound scoreBound, LongSet plates) {
        if ((near & BucketKeys.EQUAL) != 0) {
            return true;
        }
        byte[] read = new byte[CanonicalPlate.MAX_LENGTH];
        byte[] truth = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(scoreBound.top(), read);
        return plates.longStream()
                .filter(plate -> PlateComparison.kind(text, plate) != MatchKind.NONE)
                .anyMatch(
                        plate ->
                                ConfusionModel.logProbability(
                                                        read,
                                                        length,
                                                        truth,
                                                        CanonicalPlate.unpack(plate, truth))
                                                + (MexicanSeries.stateOf(plate) == null
                                                        ? scoreBound.beyond()
                                                        : scoreBound.within())
                                        >= 0);
    }

    private static PlateRead read(Read made, double confidence) {
        return new PlateRead(
                "R1",
                "ARCO-1",
                1,
                0,
                made.text(),
                confidence,
                made.alternative() == null
                        ? List.of()
                        : List.of(new Candidate(made.alternative(), 0.3)),
                made.country(),
                made.state(),
                null,
                null,
                made.looks(),
                null,
                null,
                null,
                false);
    }

    private static ListDelta added(String plate) {
        return new ListDelta.Added(
                1,
                new MatchTarget(
                        "E",
                        CanonicalPlate.pack(plate),
                        null,
                        null,
                        null,
                        MatchMode.FUZZY,
                        80,
                        null,
                        null),
                0,
                false,
                RecordPosition.UNKNOWN);
    }
}
