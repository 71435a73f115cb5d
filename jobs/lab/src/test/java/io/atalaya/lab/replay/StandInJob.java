package io.atalaya.lab.replay;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;

/**
 * Reads hotlist and plate-reads, and answers each read after a delay in processing time. The answer
 * holds the number of list entries known when the read arrived, and the text of the read.
 */
final class StandInJob
        extends KeyedCoProcessFunction<
                Integer, Tuple2<Long, String>, Tuple2<Long, String>, Tuple2<Long, String>> {
    private static final long serialVersionUID = 1L;
    private static final TypeInformation<Tuple2<Long, String>> RECORD =
            Types.TUPLE(Types.LONG, Types.STRING);

    static final String HOLDING = "holding";

    private final long holdBackMs;
    private final String poison;
    private transient volatile int holding;
    private transient ValueState<Integer> entries;
    private transient ListState<Tuple2<Long, String>> held;

    private StandInJob(Duration holdBack, String poison) {
        this.holdBackMs = holdBack.toMillis();
        this.poison = poison;
    }

    static BiConsumer<StreamExecutionEnvironment, Configuration> echoingReadsAfter(Duration wait) {
        return (env, conf) -> build(env, conf, new StandInJob(wait, null));
    }

    static BiConsumer<StreamExecutionEnvironment, Configuration> failingOn(String value) {
        return (env, conf) -> build(env, conf, new StandInJob(Duration.ZERO, value));
    }

    private static void build(
            StreamExecutionEnvironment env, Configuration conf, StandInJob function) {
        String brokers = conf.getString("kafka.bootstrap-servers", null);
        KafkaSink<Tuple2<Long, String>> sink =
                KafkaSink.<Tuple2<Long, String>>builder()
                        .setBootstrapServers(brokers)
                        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                        .setRecordSerializer(
                                (record, context, timestamp) ->
                                        new ProducerRecord<>(
                                                "alerts",
                                                null,
                                                record.f0,
                                                null,
                                                record.f1.getBytes(StandardCharsets.UTF_8)))
                        .build();
        source(env, conf, "hotlist")
                .connect(source(env, conf, "plate-reads"))
                .keyBy(entry -> 0, read -> 0)
                .process(function, RECORD)
                .name("answer")
                .uid("answer")
                .sinkTo(sink)
                .name("alerts")
                .uid("alerts");
    }

    private static DataStream<Tuple2<Long, String>> source(
            StreamExecutionEnvironment env, Configuration conf, String topic) {
        KafkaSource<Tuple2<Long, String>> source =
                KafkaSource.<Tuple2<Long, String>>builder()
                        .setBootstrapServers(conf.getString("kafka.bootstrap-servers", null))
                        .setGroupId(conf.getString("kafka.group-id", null))
                        .setTopics(topic)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setDeserializer(new TimestampAndText())
                        .build();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), topic).uid(topic);
    }

    @Override
    public void open(OpenContext context) {
        getRuntimeContext().getMetricGroup().gauge(HOLDING, () -> holding);
        entries = getRuntimeContext().getState(new ValueStateDescriptor<>("n", Types.INT));
        held = getRuntimeContext().getListState(new ListStateDescriptor<>("held", RECORD));
    }

    @Override
    public void processElement1(
            Tuple2<Long, String> entry, Context context, Collector<Tuple2<Long, String>> out)
            throws Exception {
        entries.update(known() + 1);
    }

    @Override
    public void processElement2(
            Tuple2<Long, String> read, Context context, Collector<Tuple2<Long, String>> out)
            throws Exception {
        if (read.f1.equals(poison)) {
            throw new IllegalStateException("the stand-in does not take " + poison);
        }
        holding++;
        held.add(Tuple2.of(read.f0, known() + " " + read.f1));
        long now = context.timerService().currentProcessingTime();
        context.timerService().registerProcessingTimeTimer(now + holdBackMs);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Tuple2<Long, String>> out)
            throws Exception {
        for (Tuple2<Long, String> answer : held.get()) {
            out.collect(answer);
        }
        held.clear();
        holding = 0;
    }

    private int known() throws Exception {
        return entries.value() == null ? 0 : entries.value();
    }

    private static final class TimestampAndText
            implements KafkaRecordDeserializationSchema<Tuple2<Long, String>> {
        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(
                ConsumerRecord<byte[], byte[]> record, Collector<Tuple2<Long, String>> out) {
            out.collect(
                    Tuple2.of(
                            record.timestamp(),
                            new String(record.value(), StandardCharsets.UTF_8)));
        }

        @Override
        public TypeInformation<Tuple2<Long, String>> getProducedType() {
            return RECORD;
        }
    }
}
