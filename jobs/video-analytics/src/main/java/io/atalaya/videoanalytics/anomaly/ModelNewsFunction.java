package io.atalaya.videoanalytics.anomaly;

import io.atalaya.deadletter.ParseFunction;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets granted versions pass. Each request is answered, granted or not, where every refused record
 * goes: who asked looks in one place.
 */
public final class ModelNewsFunction extends ProcessFunction<ModelNews, ModelNews> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ModelNewsFunction.class);

    private transient Counter granted;
    private transient Counter refused;

    @Override
    public void open(OpenContext context) {
        granted =
                VideoAnalyticsMetrics.VERSIONS_GRANTED.countIn(
                        getRuntimeContext().getMetricGroup());
        refused = ParseFunction.REFUSED_RECORDS.countIn(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(ModelNews news, Context context, Collector<ModelNews> out) {
        if (news instanceof RefusedVersions versions) {
            refused.inc();
            LOG.warn("Versions of a model are refused: {}", versions.letter().reason());
            context.output(ParseFunction.REFUSED, versions.letter());
        } else if (news instanceof GrantedVersions versions) {
            granted.inc();
            LOG.info("{}", versions.letter().reason());
            context.output(ParseFunction.REFUSED, versions.letter());
            out.collect(versions.versions());
        }
    }
}
