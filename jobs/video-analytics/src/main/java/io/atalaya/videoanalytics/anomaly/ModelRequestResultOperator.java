package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.logging.LimitedLog;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards accepted versions. Each request gets an answer; a rejected one is also a dead letter,
 * like every invalid record.
 */
public final class ModelRequestResultOperator extends BulkheadOperator<ModelRequestResult>
        implements OneInputStreamOperator<ModelRequestResult, ModelRequestResult> {
    /** Answers to the requesters. */
    public static final OutputTag<ModelAnswer> ANSWERS =
            new OutputTag<>("answers", BinaryTypeInfo.of(ModelAnswer.class));

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ModelRequestResultOperator.class);

    private transient Counter accepted;
    private transient Counter rejected;
    private transient LimitedLog warnings;

    public ModelRequestResultOperator(BulkheadSettings bulkhead) {
        super(bulkhead, false);
    }

    @Override
    public void open() throws Exception {
        super.open();
        accepted = VideoAnalyticsMetrics.ACCEPTED_MODEL_REQUESTS.countIn(getMetricGroup());
        warnings = limited(LOG);
        rejected = ParseOperator.REJECTED_RECORDS.countIn(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<ModelRequestResult> element) throws Exception {
        if (element.getValue() instanceof ModelRequestResult.Rejected versions) {
            DeadLetter letter = versions.letter();
            Traceable request =
                    () ->
                            new Traceable.Origin(
                                    null,
                                    letter.address(),
                                    letter.key(),
                                    letter.value(),
                                    letter.headers());
            bulkhead.run(letter.address(), letter.arrivalTime(), request, () -> reject(versions));
        } else if (element.getValue() instanceof ModelRequestResult.Accepted versions) {
            RawRecord record = versions.request();
            bulkhead.run(record.address(), record.timestamp(), record, () -> accept(versions));
        }
    }

    private void reject(ModelRequestResult.Rejected versions) {
        rejected.inc();
        warnings.warn("Versions of a model are rejected: {}", versions.letter().reason());
        output.collect(Bulkhead.DEAD_LETTERS, new StreamRecord<>(versions.letter()));
        ModelAnswerComposer.rejected(versions, now())
                .ifPresent(answer -> output.collect(ANSWERS, new StreamRecord<>(answer)));
    }

    private void accept(ModelRequestResult.Accepted versions) {
        accepted.inc();
        LOG.info("Versions of a model are accepted: {}", versions.reason());
        output.collect(ANSWERS, new StreamRecord<>(ModelAnswerComposer.accepted(versions, now())));
        output.collect(new StreamRecord<>(versions.versions()));
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }
}
