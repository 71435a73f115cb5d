package io.atalaya.deadletter;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.RawRecord;
import io.atalaya.metrics.DeclaredMetric;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

import java.io.Serializable;
import java.util.List;

/**
 * As {@link ParseFunction}, for messages that hold any number of records. An invalid one is refused
 * whole: nothing of it goes on. One that holds no record is counted.
 */
public final class UnpackFunction<T> extends ProcessFunction<RawRecord, T> {
    private static final long serialVersionUID = 1L;

    /** A codec together with the checks that need the record's arrival. */
    @FunctionalInterface
    public interface Unpacker<T> extends Serializable {
        List<T> unpack(RawRecord record) throws InvalidRecordException;
    }

    private final Unpacker<T> unpacker;
    private final DeclaredMetric withoutMetric;

    private transient Counter without;
    private transient Counter refused;

    /**
     * @param withoutMetric what counts the messages that hold none
     */
    public UnpackFunction(Unpacker<T> unpacker, DeclaredMetric withoutMetric) {
        this.unpacker = unpacker;
        this.withoutMetric = withoutMetric;
    }

    @Override
    public void open(OpenContext context) {
        without = withoutMetric.countIn(getRuntimeContext().getMetricGroup());
        refused = ParseFunction.REFUSED_RECORDS.countIn(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<T> out) {
        List<T> values;
        try {
            values = unpacker.unpack(record);
        } catch (InvalidRecordException e) {
            refused.inc();
            context.output(
                    ParseFunction.REFUSED, new DeadLetter(record, e.field(), e.getMessage()));
            return;
        }
        if (values.isEmpty()) {
            without.inc();
        }
        for (T value : values) {
            out.collect(value);
        }
    }
}
