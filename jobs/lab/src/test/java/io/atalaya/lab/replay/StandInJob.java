package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.job.JobSettings;
import io.atalaya.flink.kafka.KafkaSettings;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.flink.options.SettingsReader;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.ConfigOption;
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
import java.util.List;

/** A job whose output is known in advance: see {@link Answer}. */
final class StandInJob implements JobDefinition<StandInJob.Settings> {
    private static final TypeInformation<Tuple2<Long, String>> RECORD =
            Types.TUPLE(Types.LONG, Types.STRING);

    private final Duration holdBack;
    private final Duration wait;
    private final String poison;

    private StandInJob(Duration holdBack, Duration wait, String poison) {
        this.holdBack = holdBack;
        this.wait = wait;
        this.poison = poison;
    }

    /**
     * Answers each read after a delay.
     *
     * @param wait what the job says about it
     */
    static StandInJob echoingReadsAfter(Duration holdBack, Duration wait) {
        return new StandInJob(holdBack, wait, null);
    }

    static StandInJob failingOn(String value) {
        return new StandInJob(Duration.ZERO, Duration.ZERO, value);
    }

    record Settings(KafkaSettings kafka) implements JobSettings {
        @Override
        public BulkheadSettings bulkhead() {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public Account account() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String name() {
        return "stand-in";
    }

    @Override
    public String summary() {
        return "answers reads";
    }

    @Override
    public List<String> inputTopics() {
        return List.of("hotlist", "plate-reads");
    }

    @Override
    public List<String> outputTopics() {
        return List.of("alerts", Topics.DISPATCH_TOLUCA);
    }

    @Override
    public List<ConfigOption<?>> options() {
        return List.of();
    }

    @Override
    public List<DeclaredMetric> metrics() {
        return pending();
    }

    @Override
    public List<DeclaredMetric> pending() {
        return List.of(Answer.HOLDING);
    }

    @Override
    public Duration maxWait() {
        return wait;
    }

    @Override
    public Settings settings(Configuration configuration) {
        return new Settings(KafkaSettings.from(new SettingsReader(configuration), name()));
    }

    @Override
    public void build(JobGraph graph, Settings settings) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void addTo(StreamExecutionEnvironment env, Settings settings) {
        DataStream<Tuple2<Long, String>> answers =
                source(env, settings.kafka(), "hotlist")
                        .connect(source(env, settings.kafka(), "plate-reads"))
                        .keyBy(entry -> 0, read -> 0)
                        .process(new Answer(holdBack.toMillis(), poison), RECORD)
                        .name("answer")
                        .uid("answer");
        for (String topic : outputTopics()) {
            answers.sinkTo(sink(settings.kafka(), topic)).name(topic).uid(topic + " sink");
        }
    }

    private static KafkaSink<Tuple2<Long, String>> sink(KafkaSettings kafka, String topic) {
        return KafkaSink.<Tuple2<Long, String>>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(
                        (record, context, timestamp) ->
                                new ProducerRecord<>(
                                        topic,
                                        null,
                                        record.f0,
                                        null,
                                        record.f1.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private static DataStream<Tuple2<Long, String>> source(
            StreamExecutionEnvironment env, KafkaSettings kafka, String topic) {
        KafkaSource<Tuple2<Long, String>> source =
                KafkaSource.<Tuple2<Long, String>>builder()
                        .setBootstrapServers(kafka.bootstrapServers())
                        .setGroupId(kafka.groupId())
                        .setTopics(topic)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setDeserializer(new TimestampAndText())
                        .build();
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), topic).uid(topic);
    }

    /**
     * Answers each read after a delay in processing time. The answer holds the number of list
     * entries known when the read arrived, and the text of the read.
     */
    private static final class Answer
            extends KeyedCoProcessFunction<
                    Integer, Tuple2<Long, String>, Tuple2<Long, String>, Tuple2<Long, String>> {
        private static final long serialVersionUID = 1L;

        static final DeclaredMetric HOLDING =
                DeclaredMetric.gauge("holding", "reads", "Reads that are not answered yet.");

        private final long holdBackMs;
        private final String poison;
        private transient volatile int holding;
        private transient ValueState<Integer> entries;
        private transient ListState<Tuple2<Long, String>> held;

        Answer(long holdBackMs, String poison) {
            this.holdBackMs = holdBackMs;
            this.poison = poison;
        }

        @Override
        public void open(OpenContext context) {
            getRuntimeContext().getMetricGroup().gauge(HOLDING.name(), () -> holding);
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
        public void onTimer(
                long timestamp, OnTimerContext context, Collector<Tuple2<Long, String>> out)
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
