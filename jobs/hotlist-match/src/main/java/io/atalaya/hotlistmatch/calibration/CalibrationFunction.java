package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.news.News;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.time.Duration;

import static io.atalaya.hotlistmatch.timers.TimerStep.upTo;

/** Keeps one subject's record, and tells what it does to the score. Keyed by the subject. */
public final class CalibrationFunction extends KeyedProcessFunction<String, Answer, News> {
    private static final long serialVersionUID = 1L;

    /** Timers of one subject, set one after another, are one a day. */
    private static final long TIMER_STEP_MS = Duration.ofDays(1).toMillis();

    private final CalibrationRules rules;

    private transient ValueState<SubjectRecord> state;

    public CalibrationFunction(CalibrationRules rules) {
        this.rules = rules;
    }

    @Override
    public void open(OpenContext context) {
        state =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "record", SubjectRecordFormat.INSTANCE.typeInfo()));
    }

    @Override
    public void processElement(Answer answer, Context context, Collector<News> out)
            throws Exception {
        long now = context.timerService().currentProcessingTime();
        SubjectRecord known = state.value();
        SubjectRecord old = known == null ? SubjectRecord.of(answer.subject()) : known;
        SubjectRecord next = old.with(answer, rules.memory().toMillis(), now);
        Shift shift = next.shift(rules);
        if (!shift.isNone() || !old.told().isNone()) {
            tell(new ShiftChange(answer.subject(), answer.arrival(), shift), out);
        }
        state.update(next.told(shift));
        context.timerService().registerProcessingTimeTimer(forgottenAt(next));
    }

    /** By the wall clock, for no other goes on when nobody answers. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<News> out)
            throws Exception {
        SubjectRecord record = state.value();
        if (record == null || timestamp < forgottenAt(record)) {
            return;
        }
        tell(new ShiftChange(record.subject(), timestamp, null), out);
        state.clear();
    }

    private static void tell(ShiftChange change, Collector<News> out) {
        out.collect(new News.OfRecord(change));
    }

    private long forgottenAt(SubjectRecord record) {
        return upTo(TIMER_STEP_MS, record.touchedAt() + rules.memory().toMillis());
    }
}
