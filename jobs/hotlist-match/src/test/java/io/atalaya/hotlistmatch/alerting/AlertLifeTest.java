package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.LastRevisions;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.alerting.CaseStory.Listing;
import io.atalaya.hotlistmatch.alerting.CaseStory.Pass;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.event.TagAssignment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Transitions in an alert's life, one by one. */
class AlertLifeTest {
    private static final int EQUAL = 0;
    private static final int LOOK_ALIKE = 1;

    /** One edit away, and the plate of another vehicle. */
    private static final int OTHER_CAR = 3;

    private static final long LATER = CaseStory.START + 3_600_000;

    private final CaseListener listener = new CaseListener();

    private Alert only() {
        listener.evaluate(LATER);
        assertThat(listener.held()).hasSize(1);
        return listener.held().values().iterator().next();
    }

    private Alert.Status status(String alertId) {
        listener.evaluate(LATER);
        return listener.held().get(alertId).status();
    }

    private static CaseStory story(List<Listing> listings, List<Integer> texts) {
        Pass pass = new Pass(0, 60, 0, texts, 120, false);
        return new CaseStory(listings, List.of(pass), List.of());
    }

    /** In force from 0 s to 121 s, then removed; an odd number of minutes would leave it open. */
    private static Listing forTwoMinutes(int priority) {
        return new Listing(0, 122, priority, false, null);
    }

    private static Listing forGood(int priority) {
        return new Listing(0, 121, priority, false, null);
    }

    @Test
    void aRevisionToTheSameTextAfterTheEntrysEndLeavesTheAlertEnded() {
        CaseStory story = story(List.of(forTwoMinutes(80)), List.of(EQUAL, EQUAL));
        story.listFacts().forEach(listener::take);
        story.findings().forEach(listener::take);
        assertThat(only().status()).isEqualTo(Alert.Status.ENDED);
        assertThat(only().evidence().reads()).containsExactly("R0", "R0.1");
    }

    @Test
    void anUpdateOfTheEntryDoesNotEndItsAlert() {
        CaseStory story = story(List.of(forTwoMinutes(80), forGood(40)), List.of(EQUAL));
        story.findings().forEach(listener::take);
        for (EntryEvent fact : story.listFacts()) {
            listener.take(fact);
            assertThat(only().status()).isEqualTo(Alert.Status.NEW);
        }
    }

    /** The records of one batch share one arrival time. */
    @Test
    void threeUpdatesInOneBatchDoNotEndItsAlert() {
        CaseStory story =
                story(
                        List.of(
                                new Listing(0, 61, 80, false, null),
                                new Listing(0, 0, 40, false, null),
                                new Listing(0, 0, 60, false, null),
                                forGood(50)),
                        List.of(EQUAL));
        story.listFacts().forEach(listener::take);
        story.findings().forEach(listener::take);
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(only().status()).isEqualTo(Alert.Status.NEW));
    }

    @Test
    void aReadThatTheEntryNeverMetIsTakenBackWhenThatIsLearned() {
        CaseStory story = story(List.of(new Listing(0, 30, 80, false, null)), List.of(LOOK_ALIKE));
        listener.take(story.listFacts().get(0));
        story.findings().forEach(listener::take);
        assertThat(only().status()).isEqualTo(Alert.Status.NEW);
        listener.take(story.listFacts().get(1));
        assertThat(only().status()).isEqualTo(Alert.Status.CANCELLED);
        assertThat(only().assessment().headline().en()).startsWith("CANCELLED");
    }

    /** The message about the repeat is unknown to the recovered job. */
    @Test
    void aRepeatThatIsWithdrawnIsCorrectedAfterARecovery() {
        Pass head = new Pass(0, 60, 0, List.of(EQUAL), 120, false);
        Pass repeat = new Pass(0, 90, 0, List.of(EQUAL), 120, true);
        CaseStory story = new CaseStory(List.of(forGood(80)), List.of(head, repeat), List.of());
        List<EntryEvent> findings = story.findings();
        story.listFacts().forEach(listener::take);
        listener.take(findings.get(0));
        Alert known = only();
        CaseListener.Snapshot snapshot = listener.snapshot();
        listener.take(findings.get(1));
        assertThat(only().evidence().reads()).hasSize(2);
        listener.recover(snapshot, LATER);
        findings.forEach(listener::take);
        assertThat(LastRevisions.said(only())).isEqualTo(LastRevisions.said(known));
    }

    /** The message about the repeat while the earlier read was retracted is unknown to it. */
    @Test
    void aRepeatIsCancelledAgainAfterARecovery() {
        Pass earlier = new Pass(0, 60, 0, List.of(EQUAL, EQUAL), 120, false);
        Pass repeat = new Pass(0, 90, 0, List.of(EQUAL), 120, false);
        CaseStory story = new CaseStory(List.of(forGood(80)), List.of(repeat, earlier), List.of());
        List<EntryEvent> findings = story.findings();
        story.listFacts().forEach(listener::take);
        listener.take(findings.get(0));
        String alertId = only().alertId();
        listener.take(findings.get(1));
        assertThat(status(alertId)).isEqualTo(Alert.Status.CANCELLED);
        CaseListener.Snapshot snapshot = listener.snapshot();
        listener.take(findings.get(2));
        assertThat(status(alertId)).isEqualTo(Alert.Status.UPDATED);
        listener.recover(snapshot, LATER);
        findings.forEach(listener::take);
        assertThat(status(alertId)).isEqualTo(Alert.Status.CANCELLED);
    }

    /** One read per second for five minutes, all within the cool-down of the first. */
    @Test
    void aParkedVehicleIsOneAlertHoweverOftenItIsRead() {
        List<Pass> passes = new ArrayList<>();
        for (int second = 0; second < 300; second++) {
            passes.add(new Pass(0, 60 + second, 0, List.of(EQUAL), 120, false));
        }
        CaseStory story = new CaseStory(List.of(forGood(80)), passes, List.of());
        story.listFacts().forEach(listener::take);
        for (EntryEvent finding : story.findings()) {
            listener.take(finding);
            listener.evaluate(CaseStory.START);
        }
        assertThat(only().evidence().reads()).startsWith("R0").hasSize(128);
    }

    /** An entry that is read for days; its oldest passages are evicted. */
    @Test
    void anEvictedPassageRevisesNoOtherAlert() {
        List<Pass> passes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            passes.add(new Pass(i % 2, 60 + 700 * i, 0, List.of(LOOK_ALIKE), 120, false));
        }
        CaseStory story = new CaseStory(List.of(forGood(80)), passes, List.of(0, 0));
        story.registrations().forEach(listener::take);
        story.listFacts().forEach(listener::take);
        for (EntryEvent finding : story.findings()) {
            Map<String, Alert> before = Map.copyOf(listener.held());
            listener.take(finding);
            listener.evaluate(((EntryEvent.ReadMatched) finding).event().causedAt());
            assertThat(listener.held()).hasSize(before.size() + 1).containsAllEntriesOf(before);
        }
    }

    /**
     * Each revision is emitted and the last one is current; the first one stays, because it starts
     * the passage.
     */
    @Test
    void aCameraThatNeverStopsRevisingIsFollowedWithinBounds() {
        List<Integer> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add(i % 3 == 0 ? LOOK_ALIKE : EQUAL);
        }
        CaseStory story = story(List.of(forGood(80)), texts);
        story.listFacts().forEach(listener::take);
        for (EntryEvent finding : story.findings()) {
            listener.take(finding);
            listener.evaluate(CaseStory.START);
            Alert alert = listener.held().values().iterator().next();
            if (((EntryEvent.ReadMatched) finding).event() instanceof EnrichedRead read) {
                assertThat(alert.evidence().reads()).contains(read.read().readId());
            }
        }
        assertThat(only().evidence().reads()).startsWith("R0", "R0.169").endsWith("R0.199");
        assertThat(only().evidence().reads()).hasSize(32);
    }

    /** A tag alone has no plate text, and repeats of a pattern are of one plate. */
    @Test
    void anEntryThatWasOfAPatternAndIsOfATagHasAnAlertForEach() {
        long start = CaseStory.START;
        long changed = start + 60_000;
        PlateRead read = TestRecords.read("ARCH", "R1", start + 30_000, "NKR-48-16");
        RfidRead tag = new RfidRead("T1", "ARCH", 1, changed + 10_000, "TAG-1", null, null);
        List.of(
                        started(TestRecords.pattern("E", "NKR*"), start),
                        new EntryEvent.VersionEnded(
                                "E", start, changed, false, RecordPosition.UNKNOWN),
                        started(TestRecords.covertTag("E", "TAG-1"), changed),
                        new EntryEvent.ReadMatched(
                                "E",
                                start,
                                new EnrichedRead("ARCH/R1", start + 30_000, false, read)),
                        new EntryEvent.ReadMatched(
                                "E",
                                changed,
                                new TagAssignment(
                                        "ARCH/T1",
                                        changed + 10_000,
                                        changed + 10_000,
                                        false,
                                        tag,
                                        null,
                                        0,
                                        1,
                                        RecordPosition.UNKNOWN)))
                .forEach(listener::take);
        listener.evaluate(LATER);

        assertThat(listener.held()).hasSize(2);
    }

    private static EntryEvent started(HotlistEntry entry, long at) {
        return new EntryEvent.VersionStarted(
                new EntryVersion(entry, at, false, RecordPosition.UNKNOWN));
    }

    /**
     * A revision matches as long as its score reaches the review threshold of the entry's priority.
     */
    @ParameterizedTest
    @CsvSource({
        "80, 0.90, CANCELLED",
        "80, 0.60, NEW",
        "40, 0.60, CANCELLED",
        "0, 0.60, CANCELLED",
    })
    void aRevisionThatNoThresholdWouldShowCancels(
            int priority, double confidence, Alert.Status status) {
        CaseStory story = story(List.of(forGood(priority)), List.of(EQUAL, OTHER_CAR));
        story.listFacts().forEach(listener::take);
        for (EntryEvent fact : story.findings()) {
            EntryEvent.ReadMatched finding = (EntryEvent.ReadMatched) fact;
            boolean revision =
                    finding.event() instanceof EnrichedRead read
                            && read.read().supersedes() != null;
            listener.take(revision ? doubted(finding, confidence) : finding);
        }
        assertThat(only().status()).isEqualTo(status);
        if (status == Alert.Status.NEW) {
            assertThat(only().assessment().action()).isEqualTo(Alert.Action.REVIEW);
            assertThat(only().assessment().score()).isBetween(0.05, 0.10);
        }
    }

    /** Reader and model hesitate between the same characters. */
    @ParameterizedTest
    @CsvSource({"0, ALERT", "-0.5, REVIEW"})
    void onlyAnImageThatShowsTheListedPlateInterrupts(float margin, Alert.Action action) {
        CaseStory story = story(List.of(forGood(80)), List.of(EQUAL));
        story.listFacts().forEach(listener::take);
        EntryEvent.ReadMatched misread =
                doubted((EntryEvent.ReadMatched) story.findings().get(0), 0.6);
        OcrResult result =
                new OcrResult(
                        CanonicalPlate.pack(CaseStory.PLATE),
                        OcrResult.Outcome.READ,
                        margin,
                        9,
                        "NKR4816");
        listener.take(misread);
        assertThat(only().assessment().action()).isEqualTo(Alert.Action.REVIEW);

        listener.take(misread.of(((EnrichedRead) misread.event()).with(result)));

        assertThat(only().assessment().action()).isEqualTo(action);
        assertThat(only().assessment().score()).isGreaterThan(0.9);
    }

    /** A look-alike that is a valid plate, with a low confidence. */
    private static EntryEvent.ReadMatched doubted(
            EntryEvent.ReadMatched finding, double confidence) {
        EnrichedRead enrichedRead = (EnrichedRead) finding.event();
        PlateRead read = enrichedRead.read();
        PlateRead doubted =
                TestRecords.read(
                        read.deviceId(),
                        read.lane(),
                        read.readId(),
                        read.deviceTime(),
                        "NKR481G",
                        confidence,
                        List.of(),
                        read.country(),
                        null,
                        read.supersedes(),
                        false);
        return new EntryEvent.ReadMatched(
                finding.entryId(),
                finding.version(),
                new EnrichedRead(
                        enrichedRead.passageId(), enrichedRead.arrivalTime(), false, doubted));
    }
}
