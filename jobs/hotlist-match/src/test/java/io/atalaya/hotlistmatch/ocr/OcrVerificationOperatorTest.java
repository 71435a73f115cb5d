package io.atalaya.hotlistmatch.ocr;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.match.CandidateMatch;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.atalaya.hotlistmatch.TestRecords.enrichedRead;
import static io.atalaya.hotlistmatch.TestRecords.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OcrVerificationOperatorTest {
    private static final long NOON = 1_767_268_800_000L;
    private static final long WAIT = 500;

    /** Log-odds for the thresholds 0.70 and 0.03. */
    private static final double FOR_ALERT = 2;

    private static final double FOR_REVIEW = -1;
    private static final double BELOW_REVIEW = -5;

    private FakeDesk ocrService;
    private Subtask<CandidateMatch, Void, EntryEvent> operator;

    @BeforeEach
    void start() throws Exception {
        ocrService = new FakeDesk();
        operator =
                Subtask.start(
                        new Subtask.Blueprint<>(
                                EntryEvent.class,
                                (maxParallelism, parallelism, index) ->
                                        new KeyedOneInputStreamOperatorTestHarness<>(
                                                new OcrVerificationOperator(
                                                        Operators.BULKHEAD,
                                                        Operators.THRESHOLDS,
                                                        Duration.ofMillis(WAIT),
                                                        ocrService),
                                                candidateMatch ->
                                                        candidateMatch.readMatched().entryId(),
                                                Types.STRING,
                                                maxParallelism,
                                                parallelism,
                                                index)),
                        Backend.HEAP,
                        NOON);
    }

    @AfterEach
    void stop() {
        operator.close();
        assertThat(ocrService.openedByOthers()).as("desks that were not closed").isZero();
    }

    @Test
    void anAlertGoesOutAtOnceAndIsEmittedAgainWithItsOcrResult() throws Exception {
        operator.first(asking("R1", FOR_ALERT));
        assertThat(emitted()).containsExactly("R1");

        ocrService.answer(-4);
        pass(5);

        assertThat(emitted()).containsExactly("R1 -4.0");
    }

    @Test
    void aReviewWaitsForItsOcrResult() throws Exception {
        operator.first(asking("R1", FOR_REVIEW));
        pass(WAIT - 5);
        assertThat(emitted()).isEmpty();

        ocrService.answer(4);
        pass(5);

        assertThat(emitted()).containsExactly("R1 4.0");
        pass(10 * WAIT);
        assertThat(emitted()).isEmpty();
    }

    @Test
    void aReviewOfPriority90DoesNotWait() throws Exception {
        operator.first(candidateMatch("R1", FOR_REVIEW, "/9j/4AAQ", 90));
        operator.first(candidateMatch("R2", BELOW_REVIEW, "/9j/4AAQ", 90));
        assertThat(emitted()).containsExactly("R1");

        ocrService.answer(4);
        pass(5);

        assertThat(emitted()).containsExactly("R1 4.0");
    }

    @Test
    void aReviewWaitsForAMomentOnly() throws Exception {
        operator.first(asking("R1", FOR_REVIEW));
        pass(WAIT);
        assertThat(emitted()).containsExactly("R1");

        ocrService.answer(-4);
        pass(5);

        assertThat(emitted()).containsExactly("R1 -4.0");
    }

    @Test
    void whatIsBelowReviewIsEmittedIfItsOcrResultLiftsIt() throws Exception {
        operator.first(asking("R1", BELOW_REVIEW));
        operator.first(asking("R2", BELOW_REVIEW));
        pass(10 * WAIT);
        assertThat(emitted()).isEmpty();

        ocrService.answer(4);
        ocrService.answer(0);
        pass(5);

        assertThat(emitted()).containsExactly("R1 4.0");
    }

    /** Without its read, receivers could not attribute the tag to a passage. */
    @Test
    void aTagThatComesMeanwhileIsEmittedBehindItsRead() throws Exception {
        operator.first(asking("R1", BELOW_REVIEW));
        operator.first(tag("R1"));
        operator.first(tag("R2"));
        assertThat(emitted()).containsExactly("tag of R1", "tag of R2");

        ocrService.answer(4);
        pass(5);

        assertThat(emitted()).containsExactly("R1 4.0", "tag of R1");
        operator.first(tag("R1"));
        assertThat(emitted()).containsExactly("tag of R1");
    }

    /** A failed image loses neither its match nor the result of another image. */
    @Test
    void aMatchWhoseImageCannotBeReadGoesOnWithoutAnOcrResult() throws Exception {
        operator.first(asking("R1", FOR_REVIEW));
        operator.first(tag("R1"));
        operator.first(asking("R2", FOR_REVIEW));
        assertThat(emitted()).containsExactly("tag of R1");

        ocrService.fail();
        ocrService.answer(4);
        pass(5);

        assertThat(emitted()).containsExactly("R1", "tag of R1", "R2 4.0");
        assertThat(operator.drain(Bulkhead.DEAD_LETTERS))
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.error().exception()).contains("cannot be read");
                            assertThat(new String(letter.value(), UTF_8)).contains("\"R1\"");
                        });
    }

    @Test
    void aDroppedQuestionLeavesTheMatchAsItWas() throws Exception {
        operator.first(asking("R1", BELOW_REVIEW));
        operator.first(asking("R2", FOR_REVIEW));
        operator.first(asking("R3", FOR_ALERT));
        assertThat(emitted()).containsExactly("R3");

        ocrService.drop();
        ocrService.drop();
        ocrService.drop();
        pass(5);

        assertThat(emitted()).containsExactly("R2");
    }

    @Test
    void anImageThatWasTooLargeIsEmittedForAtOnce() throws Exception {
        operator.first(candidateMatch("R1", FOR_REVIEW, ""));

        assertThat(emitted()).containsExactly("R1 0.0");
        assertThat(ocrService.waiting()).isZero();
    }

    /** The reads of waiting matches are before the barrier and are not replayed. */
    @Test
    void nothingThatIsShownWaitsThroughACheckpoint() throws Exception {
        operator.first(asking("R1", FOR_REVIEW));
        operator.first(asking("R2", BELOW_REVIEW));

        operator.checkpoint();

        assertThat(emitted()).containsExactly("R1");
    }

    @Test
    void aBrokenDeskFailsTheJob() throws Exception {
        operator.first(asking("R1", FOR_REVIEW));
        ocrService.breakDown();

        assertThatThrownBy(() -> pass(5)).hasStackTraceContaining("it is broken");
    }

    private void pass(long ms) throws Exception {
        long until = operator.now() + ms;
        while (operator.now() < until) {
            operator.now(Math.min(until, operator.now() + 5));
        }
    }

    private List<String> emitted() {
        return operator.drain().stream().map(OcrVerificationOperatorTest::summary).toList();
    }

    private static String summary(EntryEvent input) {
        PassageEvent event = ((EntryEvent.ReadMatched) input).event();
        if (event instanceof TagAssignment assignment) {
            return "tag of " + assignment.plateReadId();
        }
        EnrichedRead enrichedRead = (EnrichedRead) event;
        return enrichedRead.readId()
                + (enrichedRead.ocrResult() == null
                        ? ""
                        : " " + enrichedRead.ocrResult().logOdds());
    }

    private static CandidateMatch asking(String readId, double logOdds) {
        return candidateMatch(readId, logOdds, "/9j/4AAQ");
    }

    private static CandidateMatch candidateMatch(String readId, double logOdds, String image) {
        return candidateMatch(readId, logOdds, image, 80);
    }

    private static CandidateMatch candidateMatch(
            String readId, double logOdds, String image, int priority) {
        return new CandidateMatch(
                new EntryEvent.ReadMatched(
                        "E", NOON, enrichedRead(read("ARCO-1", readId, NOON, "LXF0019"))),
                new OcrRequest(7, 8, 0.5, image, priority, logOdds));
    }

    private static CandidateMatch tag(String readId) {
        return new CandidateMatch(
                new EntryEvent.ReadMatched(
                        "E",
                        NOON,
                        new TagAssignment(
                                PassageEvent.key("ARCO-1", readId),
                                NOON,
                                NOON,
                                false,
                                new RfidRead("T1", "ARCO-1", null, NOON, "REP1", "NKR4816", null),
                                readId,
                                7,
                                0,
                                RecordPosition.UNKNOWN)),
                null);
    }
}
