package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFindingSamples;
import io.atalaya.hotlistmatch.event.AssignedTag;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.VehicleTag;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.COMPANION;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.NOON;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.RULES;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.at;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.near;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.neighbourhood;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.with;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the convoys of one entry from the first finding to their expiry. */
class ConvoyOperatorTest {
    private static final VehicleTag TAG = new VehicleTag("E2801160", "PUF719T");
    private static final long SETTLED = 2_000;
    private static final long DAY_AND_MORE = 27 * 60 * 60 * 1_000L;

    @ParameterizedTest
    @EnumSource
    void emitsRevisesCancelsAndReopensAlsoThroughARestore(Backend backend) throws Exception {
        NearbyRead second = with(1, COMPANION, 9);
        Scenario<ConvoyEvent, Void, CrossCheckFinding> scenario =
                new Scenario<>(Operators.convoys(RULES), NOON, Subtask::drain);
        scenario.first(near(neighbourhood(0), with(0, COMPANION, 8)))
                .first(near(neighbourhood(1), second))
                .first(near(neighbourhood(2)))
                .watermark(at(490))
                .first(joined(2, with(2, COMPANION, 7)))
                .watermark(at(500))
                .first(near(neighbourhood(3), with(3, COMPANION, 8)))
                .watermark(at(740))
                // Two of the shared passages are retracted, so too few for a convoy remain.
                .first(joined(1, retracted(second, 800)))
                .watermark(at(810))
                .first(joined(3, retracted(with(3, COMPANION, 8), 811)))
                .watermark(at(820))
                .first(near(neighbourhood(4), with(4, COMPANION, 9)))
                .watermark(at(980));

        List<Object> plainly = scenario.plainly(backend);

        assertThat(plainly)
                .extracting(each -> summary((CrossCheckFinding) each))
                .containsExactly(
                        "487400 NEW ALERT 3",
                        "728400 NEW ALERT 4",
                        "800000 NEW ALERT 3",
                        "811000 CANCELLED ALERT 3",
                        "969400 NEW ALERT 3");
        assertThat(plainly)
                .extracting(each -> ((CrossCheckFinding) each).alertId())
                .containsOnly(((CrossCheckFinding) plainly.get(0)).alertId());
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
    }

    /** A late earlier passage gives the convoy a new identity. */
    @Test
    void anEarlierArchThatComesLateAbsorbsWhatWasEmitted() throws Exception {
        try (var convoys = start()) {
            convoys.watermark(at(1_000));
            for (int i = 1; i < 4; i++) {
                convoys.first(near(neighbourhood(i), with(i, COMPANION, 8)));
            }
            convoys.now(at(SETTLED));
            CrossCheckFinding emitted = last(convoys.drain()).values().iterator().next();
            convoys.first(near(neighbourhood(0), with(0, COMPANION, 8)));
            convoys.now(at(2 * SETTLED));

            Map<String, CrossCheckFinding> after = last(convoys.drain());
            assertThat(after).hasSize(2);
            assertThat(after.get(emitted.alertId()).isCancelled()).isTrue();
            assertThat(after.values().stream().filter(each -> !each.isCancelled()))
                    .singleElement()
                    .extracting(each -> each.derivedAlert().lifecycle().deviceTime())
                    .isEqualTo(at(0));
        }
    }

    /** The final alerts are equal in every field for any order. */
    @Test
    void theFinalAlertsDoNotDependOnTheOrder() throws Exception {
        List<ConvoyEvent> facts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            facts.add(near(neighbourhood(i)));
        }
        for (int i = 0; i < 5; i++) {
            facts.add(joined(i, with(i, COMPANION, 8 + i % 2)));
            facts.add(joined(i, with(i, "MEE3996", 16 + 3 * (i % 3))));
            facts.add(joined(i, with(i, "MFR57" + (10 + i), -20)));
        }
        facts.add(joined(2, retracted(with(2, "MEE3996", 22), 1_500)));
        List<CrossCheckFinding> expected = validFindings(facts);
        assertThat(expected).hasSize(2);
        Random random = new Random(3);
        for (int round = 0; round < 30; round++) {
            // A passage is emitted before the reads near it.
            List<ConvoyEvent> shuffled = new ArrayList<>(facts.subList(5, facts.size()));
            Collections.shuffle(shuffled, random);
            List<ConvoyEvent> all = new ArrayList<>(facts.subList(0, 5));
            Collections.shuffle(all, random);
            all.addAll(shuffled);
            assertThat(contents(validFindings(all))).isEqualTo(contents(expected));
        }
    }

    /** The greater flow is the one that includes all reads. */
    @Test
    void trafficThatWasEmittedAgainCountsInAnyOrder() throws Exception {
        List<ConvoyEvent> facts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            facts.add(near(neighbourhood(i), with(i, COMPANION, 8)));
        }
        ConvoyEvent updated =
                new ConvoyEvent.NeighbourhoodFound(
                        neighbourhood(1), 12, List.of(with(1, COMPANION, 8)));
        List<CrossCheckFinding> before = validFindings(facts);
        List<ConvoyEvent> after = new ArrayList<>(facts);
        after.add(updated);
        List<ConvoyEvent> first = new ArrayList<>(facts);
        first.add(0, updated);

        List<CrossCheckFinding> expected = validFindings(first);
        assertThat(expected.get(0).derivedAlert().assessment().score())
                .isLessThan(before.get(0).derivedAlert().assessment().score());
        assertThat(contents(validFindings(after))).isEqualTo(contents(expected));
    }

    @Test
    void nothingIsLeftADayLater() throws Exception {
        try (var convoys = start()) {
            for (int i = 0; i < 5; i++) {
                convoys.first(near(neighbourhood(i), with(i, COMPANION, 8)));
            }
            convoys.watermark(at(980));
            convoys.now(at(SETTLED));
            convoys.watermark(at(960) + DAY_AND_MORE);
            convoys.now(at(2 * SETTLED));

            assertThat(convoys.keyedStateEntries()).isZero();
            assertThat(convoys.keyedTimers()).isZero();
        }
    }

    /** The identity stays when the first passages are dropped. */
    @Test
    void aDriveOfADayKeepsItsIdentity() throws Exception {
        try (var convoys = start()) {
            List<CrossCheckFinding> emitted = new ArrayList<>();
            for (int i = 0; i < ConvoyCase.MAX_PASSAGES + 20; i++) {
                ListedPassage passage = Drive.passage("ARCO-" + i, 600.0 * i);
                convoys.first(
                        near(passage, Drive.companion("ARCO-" + i, COMPANION, 600.0 * i + 8)));
                convoys.watermark(at(600.0 * i + 20));
                emitted.addAll(convoys.drain());
            }
            assertThat(emitted).hasSize(ConvoyCase.MAX_PASSAGES + 18);
            assertThat(emitted.stream().map(CrossCheckFinding::alertId).distinct()).hasSize(1);
            assertThat(emitted).noneMatch(CrossCheckFinding::isCancelled);
        }
    }

    /** The first finding has the tags that become known while the read waits. */
    @Test
    void theTagsOfACompanionAreKnownAtTheFirstMessage() throws Exception {
        try (var convoys = start()) {
            for (int i = 0; i < 3; i++) {
                convoys.first(near(neighbourhood(i), with(i, COMPANION, 8)));
            }
            // The last read arrived at 488.4 s.
            convoys.watermark(at(493));
            assertThat(convoys.drain()).isEmpty();
            convoys.first(joined(2, carrying(with(2, COMPANION, 8), 1, 493, TAG)));
            convoys.watermark(at(494));

            CrossCheckFinding first = convoys.drain().get(0);
            assertThat(summary(first)).isEqualTo("488400 NEW ALERT 3");
            assertThat(first.tags()).containsExactly("E2801160");
            assertThat(first.plates()).contains("PUF719T");
        }
    }

    @Test
    void aTagThatComesLateOrWasEmittedTooEarlyRevisesTheConvoy() throws Exception {
        try (var convoys = start()) {
            for (int i = 0; i < 3; i++) {
                convoys.first(near(neighbourhood(i), with(i, COMPANION, 8)));
            }
            convoys.watermark(at(600));
            convoys.first(joined(2, carrying(with(2, COMPANION, 8), 1, 590, TAG)));
            convoys.now(at(SETTLED));
            convoys.first(joined(2, carrying(with(2, COMPANION, 8), 2, 590, null)));
            convoys.now(at(2 * SETTLED));

            assertThat(convoys.drain())
                    .extracting(each -> summary(each) + " " + each.tags())
                    .containsExactly(
                            "488400 NEW ALERT 3 []",
                            "488401 NEW ALERT 3 [E2801160]",
                            "488402 NEW ALERT 3 []");
        }
    }

    /** At night no read advances the watermark. */
    @Test
    void emitsPendingConvoysWhenTheWatermarkStalls() throws Exception {
        try (var convoys = start()) {
            for (int i = 0; i < 3; i++) {
                convoys.first(near(neighbourhood(i), with(i, COMPANION, 8)));
            }
            pass(60, convoys);
            assertThat(convoys.drain()).as("at the start").isEmpty();
            convoys.watermark(at(489));
            pass(8, convoys);
            assertThat(convoys.drain()).isEmpty();
            pass(3, convoys);
            assertThat(convoys.drain()).hasSize(1);
            pass(30, convoys);
            convoys.watermark(at(490));
            convoys.watermark(at(600));
            assertThat(convoys.drain()).isEmpty();
        }
    }

    private static void pass(int seconds, Subtask<ConvoyEvent, Void, CrossCheckFinding> convoys)
            throws Exception {
        for (int i = 0; i < seconds; i++) {
            convoys.now(convoys.now() + 1_000);
        }
    }

    private static NearbyRead carrying(
            NearbyRead vehicleRead, int emitted, int second, VehicleTag tag) {
        AssignedTag stay = new AssignedTag("T-1", tag, emitted, at(second));
        return new NearbyRead(
                vehicleRead.readId(),
                vehicleRead.plate(),
                vehicleRead.deviceTime(),
                vehicleRead.arrivalTime(),
                vehicleRead.retractedAt(),
                List.of(stay));
    }

    private static List<CrossCheckFinding> validFindings(List<ConvoyEvent> facts) throws Exception {
        Map<String, CrossCheckFinding> last;
        try (var convoys = start()) {
            convoys.watermark(at(7_200));
            List<CrossCheckFinding> emitted = new ArrayList<>();
            for (ConvoyEvent fact : facts) {
                convoys.first(fact);
                convoys.now(convoys.now() + 700);
                emitted.addAll(convoys.drain());
            }
            convoys.now(convoys.now() + SETTLED);
            emitted.addAll(convoys.drain());
            last = last(emitted);
        }
        return last.values().stream().filter(each -> !each.isCancelled()).toList();
    }

    private static List<String> contents(List<CrossCheckFinding> findings) {
        return findings.stream().map(CrossCheckFindingSamples::contents).toList();
    }

    private static Map<String, CrossCheckFinding> last(List<CrossCheckFinding> emitted) {
        Map<String, CrossCheckFinding> last = new TreeMap<>();
        emitted.forEach(each -> last.put(each.alertId(), each));
        return last;
    }

    private static String summary(CrossCheckFinding crossCheckFinding) {
        Alert derivedAlert = crossCheckFinding.derivedAlert();
        return "%d %s %s %d"
                .formatted(
                        derivedAlert.revision() - NOON,
                        derivedAlert.status(),
                        derivedAlert.assessment().action(),
                        ((ConvoyEvidence) derivedAlert.evidence()).arches().size());
    }

    private static ConvoyEvent joined(int index, NearbyRead vehicleRead) {
        return new ConvoyEvent.ReadJoined(
                Drive.ENTRY,
                neighbourhood(index).passageId(),
                vehicleRead,
                neighbourhood(index).read());
    }

    private static NearbyRead retracted(NearbyRead vehicleRead, int second) {
        return new NearbyRead(
                vehicleRead.readId(),
                vehicleRead.plate(),
                vehicleRead.deviceTime(),
                vehicleRead.arrivalTime(),
                at(second),
                List.of());
    }

    private static Subtask<ConvoyEvent, Void, CrossCheckFinding> start() throws Exception {
        return Subtask.start(Operators.convoys(RULES), Backend.HEAP, NOON);
    }
}
