package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.time.Duration;
import java.util.List;

/**
 * Joins what an alert promised with what was answered, and tells the subjects. The promise is read
 * back from topic {@code alerts}, so that a disposition need not carry it. Keyed by alertId.
 */
public final class AnswerFunction extends KeyedProcessFunction<String, AlertNews, Answer> {
    private static final long serialVersionUID = 1L;

    /** There is no order between topics: an answer may run so far ahead of its alert. */
    private static final long WAIT_MS = Duration.ofSeconds(10).toMillis();

    private final Duration memory;

    private transient ValueState<AnsweredAlert> state;
    private transient Counter answers;
    private transient Counter unknownAlerts;

    /**
     * @param memory how long an alert is remembered after its last news, by the wall clock
     */
    public AnswerFunction(Duration memory) {
        this.memory = memory;
    }

    @Override
    public void open(OpenContext context) {
        ValueStateDescriptor<AnsweredAlert> descriptor =
                new ValueStateDescriptor<>(
                        "answered-alert", AnsweredAlertFormat.INSTANCE.typeInfo());
        descriptor.enableTimeToLive(
                StateTtlConfig.newBuilder(memory).cleanupInRocksdbCompactFilter(1000).build());
        state = getRuntimeContext().getState(descriptor);
        answers = HotlistMatchMetrics.ANSWERS.countIn(getRuntimeContext().getMetricGroup());
        unknownAlerts =
                HotlistMatchMetrics.ANSWERS_TO_UNKNOWN_ALERTS.countIn(
                        getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(AlertNews news, Context context, Collector<Answer> out)
            throws Exception {
        AnsweredAlert known = state.value();
        AnsweredAlert old = known == null ? AnsweredAlert.UNKNOWN : known;
        AnsweredAlert next = old.with(news);
        if (next == old) {
            return;
        }
        if (news instanceof AlertNews.Answered) {
            answers.inc();
        }
        if (next.answered() != null && next.isPublished()) {
            next = tell(next, out);
        } else if (next.answered() != null) {
            context.timerService()
                    .registerProcessingTimeTimer(
                            context.timerService().currentProcessingTime() + WAIT_MS);
        }
        state.update(next);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Answer> out)
            throws Exception {
        AnsweredAlert alert = state.value();
        if (alert != null && alert.answered() != null && !alert.isPublished()) {
            unknownAlerts.inc();
            state.update(tell(alert, out));
        }
    }

    private static AnsweredAlert tell(AnsweredAlert alert, Collector<Answer> out) {
        List<Answer> due = alert.answers();
        due.forEach(out::collect);
        return alert.told(due);
    }
}
