package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Collection;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Results of a request: served or not, a dead letter or not, and the answer. */
class ModelRequestResultOperatorTest {
    private static final long AT = AnomalySamples.NOON + 1_250;

    private OneInputStreamOperatorTestHarness<ModelRequestResult, ModelRequestResult> harness;

    @BeforeEach
    void start() throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new ModelRequestResultOperator(BulkheadSettings.DEFAULT));
        harness.setup(BinaryTypeInfo.of(ModelRequestResult.class).createSerializer(null));
        harness.open();
        harness.setProcessingTime(AT);
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    @Test
    void acceptedRequestIsServedAndAnsweredWithoutDeadLetter() throws Exception {
        ModelRequestResult.Versions versions =
                new ModelRequestResult.Versions(ModelKind.TRAJECTORY, "2", null);
        RawRecord request = ModelSamples.record("trajectory", "2", null);

        take(new ModelRequestResult.Accepted(versions, request, "trajectory is served by 2"));

        assertThat(harness.extractOutputValues()).containsExactly(versions);
        assertThat(side(ModelRequestResultOperator.ANSWERS))
                .containsExactly(answer("2", true, "trajectory is served by 2"));
        assertThat(side(Bulkhead.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void aRejectionIsADeadLetterAndAnswered() throws Exception {
        DeadLetter letter =
                DeadLetter.invalid(
                        ModelSamples.record("trajectory", "9", null), "active", "active: no");

        take(new ModelRequestResult.Rejected(letter));

        assertThat(harness.extractOutputValues()).isEmpty();
        assertThat(side(ModelRequestResultOperator.ANSWERS))
                .containsExactly(answer("9", false, "active: no"));
        assertThat(side(Bulkhead.DEAD_LETTERS)).containsExactly(letter);
    }

    @Test
    void aRejectionThatNamesNoModelIsADeadLetterAlone() throws Exception {
        DeadLetter letter =
                DeadLetter.invalid(ModelSamples.record("", new byte[] {1}), "value", "value: no");

        take(new ModelRequestResult.Rejected(letter));

        assertThat(side(ModelRequestResultOperator.ANSWERS)).isEmpty();
        assertThat(side(Bulkhead.DEAD_LETTERS)).containsExactly(letter);
    }

    private void take(ModelRequestResult result) throws Exception {
        harness.processElement(new StreamRecord<>(result));
    }

    private <T> List<T> side(OutputTag<T> tag) {
        Collection<StreamRecord<T>> records = harness.getSideOutput(tag);
        return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
    }

    private static ModelAnswer answer(String active, boolean accepted, String reason) {
        return new ModelAnswer(
                "trajectory",
                active,
                null,
                accepted ? ModelAnswer.Answer.ACCEPTED : ModelAnswer.Answer.REJECTED,
                reason,
                "model-control-0-7",
                AT);
    }
}
