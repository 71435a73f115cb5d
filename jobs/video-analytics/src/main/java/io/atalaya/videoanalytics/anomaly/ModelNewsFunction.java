package io.atalaya.videoanalytics.anomaly;

import io.atalaya.deadletter.DeadLetterFormat;
import io.atalaya.model.ModelAnswer;
import io.atalaya.parse.ParseOperator;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets granted versions pass. Each request is answered, granted or not; one that is refused is a
 * dead letter besides, as every record that cannot be used.
 */
public final class ModelNewsFunction extends ProcessFunction<ModelNews, ModelNews> {
    /** To who asked. */
    public static final OutputTag<ModelAnswer> ANSWERS =
            new OutputTag<>("answers", ModelAnswerFormat.INSTANCE.typeInfo());

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ModelNewsFunction.class);

    private transient Counter granted;
    private transient Counter refused;

    @Override
    public void open(OpenContext context) {
        granted =
                VideoAnalyticsMetrics.VERSIONS_GRANTED.countIn(
                        getRuntimeContext().getMetricGroup());
        refused = ParseOperator.REFUSED_RECORDS.countIn(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(ModelNews news, Context context, Collector<ModelNews> out) {
        long now = context.timerService().currentProcessingTime();
        if (news instanceof RefusedVersions versions) {
            refused.inc();
            LOG.warn("Versions of a model are refused: {}", versions.letter().reason());
            context.output(DeadLetterFormat.TAG, versions.letter());
            ModelAnswerComposer.refused(versions, now)
                    .ifPresent(answer -> context.output(ANSWERS, answer));
        } else if (news instanceof GrantedVersions versions) {
            granted.inc();
            LOG.info("Granted: {}", versions.reason());
            context.output(ANSWERS, ModelAnswerComposer.granted(versions, now));
            out.collect(versions.versions());
        }
    }
}
