package io.atalaya.deadletter;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.RawRecord;

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

    /** A codec together with the checks that need the record's arrival. */
    @FunctionalInterface
    public interface Parser<T> extends Serializable {
        T parse(RawRecord record) throws InvalidRecordException;
    }

    private final Parser<T> parser;

    public ParseFunction(Parser<T> parser) {
        this.parser = parser;
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<T> out) {
        T value;
        try {
            value = parser.parse(record);
        } catch (InvalidRecordException e) {
            context.output(REFUSED, new DeadLetter(record, e.field(), e.getMessage()));
            return;
        }
        out.collect(value);
    }
}
