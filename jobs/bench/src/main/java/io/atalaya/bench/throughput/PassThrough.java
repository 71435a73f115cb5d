package io.atalaya.bench.throughput;

import io.atalaya.contracts.plate.format.PlateFormat;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.flink.kafka.KafkaConnectors;
import io.atalaya.flink.parse.ParseOperator;
import io.atalaya.hotlistmatch.HotlistMatchSettings;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.DeviceReadSerializer;
import io.atalaya.hotlistmatch.passage.ClockRules;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

import java.util.List;

/** Source, parse, discard: the upper bound given by machine, broker and codec. */
public final class PassThrough implements Contender {
    public static final String NAME = "pass-through";

    private static final String PASSED = "passed";

    private final EmbeddedFlink flink;
    private final HotlistMatchSettings settings;
    private final int parallelism;

    public PassThrough(EmbeddedFlink flink, HotlistMatchSettings settings, int parallelism) {
        this.flink = flink;
        this.settings = settings;
        this.parallelism = parallelism;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Lap lap(int round, long records) throws InterruptedException {
        StreamExecutionEnvironment env = flink.environment(parallelism);
        // Local variables, because the parsers are serialized to the tasks.
        ClockRules clock = settings.clock();
        PlateFormat format = settings.plateFormat();
        discard(
                Topics.PLATE_READS,
                parsed(
                        env,
                        Topics.PLATE_READS,
                        r -> clock.admit(format.read(r.value(), r.key()).get(0), r.timestamp())));
        discard(
                Topics.RFID_READS,
                parsed(
                        env,
                        Topics.RFID_READS,
                        r -> clock.admit(RfidReadCodec.read(r.value()), r.timestamp())));
        JobClient job = flink.submit(env, NAME);
        try {
            return Stopwatch.time(
                    NAME,
                    round,
                    new FlinkProgress(flink, job, List.of(PASSED)),
                    records,
                    Lap.warm(records));
        } finally {
            flink.cancel(job);
        }
    }

    private DataStream<DeviceRead> parsed(
            StreamExecutionEnvironment env,
            String topic,
            ParseOperator.SingleParser<DeviceRead> parser) {
        return env.fromSource(
                        new KafkaConnectors(settings.kafka()).reads(topic),
                        KafkaConnectors.arrival(),
                        topic)
                .uid(topic)
                .transform(
                        "parse-" + topic,
                        DeviceReadSerializer.INSTANCE.typeInfo(),
                        ParseOperator.ofDevices(settings.bulkhead(), parser))
                .uid("parse-" + topic)
                .process(new Count(), DeviceReadSerializer.INSTANCE.typeInfo())
                .uid("count-" + topic);
    }

    private static void discard(String topic, DataStream<DeviceRead> messages) {
        messages.sinkTo(new DiscardingSink<>()).uid("discard-" + topic);
    }

    /** Counts with a metric that the bench reads. */
    private static final class Count extends ProcessFunction<DeviceRead, DeviceRead> {
        private static final long serialVersionUID = 1L;

        private transient Counter passed;

        @Override
        public void open(OpenContext context) {
            passed = getRuntimeContext().getMetricGroup().counter(PASSED);
        }

        @Override
        public void processElement(DeviceRead message, Context context, Collector<DeviceRead> out) {
            passed.inc();
            out.collect(message);
        }
    }
}
