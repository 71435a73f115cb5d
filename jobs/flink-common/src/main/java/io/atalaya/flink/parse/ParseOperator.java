package io.atalaya.flink.parse;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.logging.LimitedLog;
import io.atalaya.flink.metrics.DeclaredMetric;

import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.Serializable;
import java.util.List;

import static io.atalaya.contracts.json.InvalidRecordException.printable;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Parses Kafka records into the job's values. An invalid record goes to the dead letter as a whole,
 * and no value of it is emitted.
 *
 * @param <T> type of the values, any number of which a record may hold
 */
public final class ParseOperator<T> extends BulkheadOperator<T>
        implements OneInputStreamOperator<RawRecord, T> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ParseOperator.class);

    public static final DeclaredMetric REJECTED_RECORDS =
            DeclaredMetric.counter(
                    "rejectedRecords",
                    "records",
                    "Records that cannot be used, sent to dead-letter.");

    /** A codec together with the checks that need the record's arrival time. */
    @FunctionalInterface
    public interface Parser<T> extends Serializable {
        List<T> parse(RawRecord record) throws InvalidRecordException;
    }

    /** A parser of records that hold one value each. */
    @FunctionalInterface
    public interface SingleParser<T> extends Serializable {
        T parse(RawRecord record) throws InvalidRecordException;
    }

    private final boolean isKeyedByDevice;
    private final Parser<T> parser;
    private final DeclaredMetric emptyMetric;

    private transient Counter rejected;
    private transient Counter empty;
    private transient LimitedLog log;
    private transient List<T> values;
    private transient StreamRecord<T> reused;

    private ParseOperator(
            BulkheadSettings settings,
            boolean isKeyedByDevice,
            Parser<T> parser,
            DeclaredMetric emptyMetric) {
        super(settings, isKeyedByDevice);
        this.isKeyedByDevice = isKeyedByDevice;
        this.parser = parser;
        this.emptyMetric = emptyMetric;
    }

    /** A parser of records that hold one value each and are not keyed by device. */
    public static <T> ParseOperator<T> of(BulkheadSettings settings, SingleParser<T> parser) {
        return new ParseOperator<>(settings, false, record -> List.of(parser.parse(record)), null);
    }

    /** A parser of records that hold one value each and are keyed by device. */
    public static <T> ParseOperator<T> ofDevices(
            BulkheadSettings settings, SingleParser<T> parser) {
        return new ParseOperator<>(settings, true, record -> List.of(parser.parse(record)), null);
    }

    /**
     * A parser of messages from devices that hold any number of values.
     *
     * @param emptyMetric counts the messages without a value
     */
    public static <T> ParseOperator<T> ofMessages(
            BulkheadSettings settings, Parser<T> parser, DeclaredMetric emptyMetric) {
        return new ParseOperator<>(settings, true, parser, emptyMetric);
    }

    @Override
    public void open() throws Exception {
        super.open();
        rejected = REJECTED_RECORDS.countIn(getMetricGroup());
        empty = emptyMetric == null ? null : emptyMetric.countIn(getMetricGroup());
        log = limited(LOG);
        reused = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<RawRecord> element) throws Exception {
        RawRecord record = element.getValue();
        Object key = record.key() == null ? record.address() : new String(record.key(), UTF_8);
        Input input = new Input(record);
        if (!bulkhead.run(key, record.timestamp(), input, () -> parse(record))) {
            return;
        }
        for (T value : values) {
            bulkhead.emit(
                    key,
                    input,
                    () -> output.collect(reused.replace(value, element.getTimestamp())));
        }
        values = null;
    }

    private void parse(RawRecord record) {
        try {
            values = parser.parse(record);
        } catch (InvalidRecordException e) {
            values = List.of();
            rejected.inc();
            // Without the field's value, because it may be the plate of an unlisted vehicle.
            log.warn(
                    "{}: rejected {} of device {}: {}",
                    name(),
                    record.address(),
                    printable(String.valueOf(deviceOf(record))),
                    e.field());
            output.collect(
                    Bulkhead.DEAD_LETTERS,
                    new StreamRecord<>(DeadLetter.invalid(record, e.field(), e.getMessage())));
            return;
        }
        if (values.isEmpty() && empty != null) {
            empty.inc();
        }
    }

    private String deviceOf(RawRecord record) {
        return isKeyedByDevice && record.key() != null ? new String(record.key(), UTF_8) : null;
    }

    /**
     * A record as its own part of the key, because parsing has no state and a failure is caused by
     * the record alone.
     */
    private final class Input implements Traceable {
        private final RawRecord record;

        Input(RawRecord record) {
            this.record = record;
        }

        @Override
        public Origin origin() {
            return new Origin(
                    deviceOf(record),
                    record.address(),
                    record.key(),
                    record.value(),
                    record.headers());
        }

        @Override
        public Object part() {
            return record.address();
        }
    }
}
