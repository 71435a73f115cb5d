package io.atalaya.deadletter;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.RawRecord;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

import java.io.Serializable;
import java.util.List;

/**
 * As {@link ParseFunction}, for messages that hold any number of records. An invalid one is refused
 * whole: nothing of it goes on. One that holds no record is counted in {@code messagesWithoutRead}.
 */
public final class UnpackFunction<T> extends ProcessFunction<RawRecord, T> {
    private static final long serialVersionUID = 1L;

    /** A codec together with the checks that need the record's arrival. */
    @FunctionalInterface
    public interface Unpacker<T> extends Serializable {
        List<T> unpack(RawRecord record) throws InvalidRecordException;
    }

    private final Unpacker<T> unpacker;

    private transient Counter without;

    public UnpackFunction(Unpacker<T> unpacker) {
        this.unpacker = unpacker;
    }

    @Override
    public void open(OpenContext context) {
        without = getRuntimeContext().getMetricGroup().counter("messagesWithoutRead");
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<T> out) {
        List<T> values;
        try {
            values = unpacker.unpack(record);
        } catch (InvalidRecordException e) {
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
