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
import java.util.function.Consumer;

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

    /** A parser of records that hold several values, of which some may be invalid. */
    @FunctionalInterface
    public interface FeedParser<T> extends Serializable {
        /**
         * @param rejected receives the faults of invalid values beside valid ones
         */
        List<T> parse(RawRecord record, Consumer<InvalidRecordException> rejected)
                throws InvalidRecordException;
    }

    /** A parser of records that hold one value each. */
    @FunctionalInterface
    public interface SingleParser<T> extends Serializable {
        T parse(RawRecord record) throws InvalidRecordException;
    }

    private final boolean isKeyedByDevice;
    private final FeedParser<T> parser;
    private final DeclaredMetric emptyMetric;

    private transient Counter rejected;
    private transient Counter empty;
    private transient LimitedLog log;
    private transient List<T> values;

    /** The first fault of the current record, or null. */
    private transient InvalidRecordException fault;

    private transient Consumer<InvalidRecordException> onFault;
    private transient StreamRecord<T> reused;

    private ParseOperator(
            BulkheadSettings settings,
            boolean isKeyedByDevice,
            FeedParser<T> parser,
            DeclaredMetric emptyMetric) {
        super(settings, isKeyedByDevice);
        this.isKeyedByDevice = isKeyedByDevice;
        this.parser = parser;
        this.emptyMetric = emptyMetric;
    }

    /** A parser of records that hold one value each and are not keyed by device. */
    public static <T> ParseOperator<T> of(BulkheadSettings settings, SingleParser<T> parser) {
        return new ParseOperator<>(
                settings, false, (record, rejected) -> List.of(parser.parse(record)), null);
    }

    /**
     * A parser of records that hold several values each and are not keyed by device. A record with
     * any invalid value goes to the dead letter, and its valid values are emitted.
     */
    public static <T> ParseOperator<T> ofFeeds(BulkheadSettings settings, FeedParser<T> parser) {
        return new ParseOperator<>(settings, false, parser, null);
    }

    /** A parser of records that hold one value each and are keyed by device. */
    public static <T> ParseOperator<T> ofDevices(
            BulkheadSettings settings, SingleParser<T> parser) {
        return new ParseOperator<>(
                settings, true, (record, rejected) -> List.of(parser.parse(record)), null);
    }

    /**
     * A parser of messages from devices that hold any number of values.
     *
     * @param emptyMetric counts the messages without a value
     */
    public static <T> ParseOperator<T> ofMessages(
            BulkheadSettings settings, Parser<T> parser, DeclaredMetric emptyMetric) {
        return new ParseOperator<>(
                settings, true, (record, rejected) -> parser.parse(record), emptyMetric);
    }

    @Override
    public void open() throws Exception {
        super.open();
        rejected = REJECTED_RECORDS.countIn(getMetricGroup());
        empty = emptyMetric == null ? null : emptyMetric.countIn(getMetricGroup());
        log = limited(LOG);
        reused = new StreamRecord<>(null);
        onFault = each -> fault = fault == null ? each : fault;
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
        fault = null;
        try {
            values = parser.parse(record, onFault);
        } catch (InvalidRecordException e) {
            values = List.of();
            fault = e;
        }
        if (fault != null) {
            reject(record);
        } else if (values.isEmpty() && empty != null) {
            empty.inc();
        }
    }

    private void reject(RawRecord record) {
        rejected.inc();
        // Without the field's value, because it may be the plate of an unlisted vehicle.
        log.warn(
                "{}: rejected {} of device {}: {}",
                name(),
                record.address(),
                printable(String.valueOf(deviceOf(record))),
                fault.field());
        output.collect(
                Bulkhead.DEAD_LETTERS,
                new StreamRecord<>(DeadLetter.invalid(record, fault.field(), fault.getMessage())));
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
