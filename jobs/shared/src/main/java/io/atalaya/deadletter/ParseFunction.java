package io.atalaya.deadletter;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.RawRecord;
import io.atalaya.metrics.DeclaredMetric;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.io.Serializable;

/**
 * Turns raw records into domain records, and what is invalid into dead letters on a side output.
 * Any other exception is a fault of ours and fails the job.
 */
public final class ParseFunction<T> extends ProcessFunction<RawRecord, T> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<DeadLetter> REFUSED =
            new OutputTag<>("refused", DeadLetterFormat.INSTANCE.typeInfo());

    public static final DeclaredMetric REFUSED_RECORDS =
            DeclaredMetric.counter(
                    "refusedRecords",
                    "records",
                    "Records that cannot be used, sent to dead-letter.");

    /** A codec together with the checks that need the record's arrival. */
    @FunctionalInterface
    public interface Parser<T> extends Serializable {
        T parse(RawRecord record) throws InvalidRecordException;
    }

    private final Parser<T> parser;
    private transient Counter refused;

    public ParseFunction(Parser<T> parser) {
        this.parser = parser;
    }

    @Override
    public void open(OpenContext context) {
        refused = REFUSED_RECORDS.countIn(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<T> out) {
        T value;
        try {
            value = parser.parse(record);
        } catch (InvalidRecordException e) {
            refused.inc();
            context.output(REFUSED, new DeadLetter(record, e.field(), e.getMessage()));
            return;
        }
        out.collect(value);
    }
}
