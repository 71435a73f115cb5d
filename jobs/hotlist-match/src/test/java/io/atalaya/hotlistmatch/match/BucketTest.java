package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.score.MatchTarget;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static io.atalaya.hotlistmatch.TestRecords.entry;
import static io.atalaya.hotlistmatch.TestRecords.exact;
import static org.assertj.core.api.Assertions.assertThat;

class BucketTest {
    private static final MatchTarget FIRST = MatchTarget.of(exact("A", "LXF-001-9"));
    private static final MatchTarget SECOND = MatchTarget.of(entry("A", "LXF-001-9"));
    private static final MatchTarget OTHER = MatchTarget.of(exact("B", "LXF-001-9"));

    /** A listed plate in a plain list. */
    private record Row(MatchTarget listed, long from, long to) {}

    /** An action on a bucket; entries, plates and times are few, so that they collide. */
    private record Step(int action, MatchTarget listed, long from, long at) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<MatchTarget> listed =
                Combinators.combine(
                                Arbitraries.of("E1", "E2", "E3"),
                                Arbitraries.of("LXF0019", "LXF0018"),
                                Arbitraries.of(80, 40),
                                Arbitraries.of("MEX", null))
                        .as(
                                (id, plate, priority, state) ->
                                        new MatchTarget(
                                                id,
                                                CanonicalPlate.pack(plate),
                                                null,
                                                null,
                                                null,
                                                MatchMode.FUZZY,
                                                priority,
                                                state,
                                                null));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        listed,
                        Arbitraries.longs().between(1, 4),
                        Arbitraries.longs().between(1, 8))
                .as(Step::new)
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 2_000)
    void isAListOfVersions(@ForAll("steps") List<Step> steps) {
        Bucket bucket = Bucket.EMPTY;
        List<Row> rows = new ArrayList<>();
        for (Step step : steps) {
            Bucket before = bucket;
            List<Row> rowsBefore = List.copyOf(rows);
            switch (step.action()) {
                case 0, 1 -> {
                    bucket = bucket.with(step.listed(), step.from());
                    Row added = new Row(step.listed(), step.from(), BucketChange.IN_FORCE);
                    if (rows.stream().noneMatch(row -> isVersion(row, step))) {
                        rows.add(added);
                    } else {
                        rows.replaceAll(row -> isVersion(row, step) ? added : row);
                    }
                }
                case 2 -> {
                    bucket = bucket.ended(step.listed(), step.from(), step.at());
                    rows.replaceAll(
                            row ->
                                    isVersion(row, step)
                                            ? new Row(row.listed(), row.from(), step.at())
                                            : row);
                }
                default -> {
                    Bucket pruned = bucket.prunedBefore(step.at());
                    bucket = pruned == null ? Bucket.EMPTY : pruned;
                    rows.removeIf(row -> row.to() < step.at());
                    assertThat(pruned == null).isEqualTo(rows.isEmpty());
                }
            }
            assertThat(rows(bucket)).isEqualTo(rows);
            assertThat(rows(before)).as("a change leaves the old one whole").isEqualTo(rowsBefore);
        }
    }

    private static boolean isVersion(Row row, Step step) {
        return row.listed().equals(step.listed()) && row.from() == step.from();
    }

    private static List<Row> rows(Bucket bucket) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < bucket.size(); i++) {
            assertThat(bucket.plates[i]).isEqualTo(bucket.listed(i).plate());
            rows.add(new Row(bucket.listed(i), bucket.from[i], bucket.to[i]));
        }
        return rows;
    }

    @Test
    void aBucketOfWhichNothingEndedStaysAsItIs() {
        Bucket bucket = Bucket.EMPTY.with(FIRST, NOON).with(OTHER, NOON);

        assertThat(bucket.prunedBefore(NOON + 1)).isSameAs(bucket);
    }

    @Test
    void anEndFindsTheVersionThatIsTheSameToTheByte() {
        Bucket bucket = Bucket.EMPTY.with(FIRST, NOON).with(SECOND, NOON);

        assertThat(bucket.ended(SECOND, NOON, NOON + 5).to)
                .containsExactly(BucketChange.IN_FORCE, NOON + 5);
    }

    @Test
    void aVersionThatComesAgainInTheSameMomentIsInForceAgain() {
        Bucket bucket = Bucket.EMPTY.with(FIRST, NOON);
        Bucket ended = bucket.ended(FIRST, NOON, NOON);

        assertThat(ended.with(FIRST, NOON).to).containsExactly(BucketChange.IN_FORCE);
        assertThat(ended.to).as("immutable").containsExactly(NOON);
        assertThat(bucket.with(FIRST, NOON)).isSameAs(bucket);
    }
}
