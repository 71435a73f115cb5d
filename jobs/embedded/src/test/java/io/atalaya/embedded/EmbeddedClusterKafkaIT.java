package io.atalaya.embedded;

import io.atalaya.contracts.topic.Topic;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Tests broker and cluster together, with a job that counts the records per key. */
class EmbeddedClusterKafkaIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static EmbeddedKafka kafka;
    private static EmbeddedFlink flink;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start();
        flink = EmbeddedFlink.start(FlinkConf.local(), 2, 2);
    }

    @AfterAll
    static void stop() {
        flink.close();
        kafka.close();
    }

    @Test
    void stateSurvivesTheLossOfATaskManagerAndARestoreAtAnotherParallelism() throws Exception {
        kafka.createTopics(List.of(topic("in"), topic("out")), 2);

        StreamExecutionEnvironment two = flink.environment(2);
        countKeys(two);
        JobClient first = flink.submit(two, "count-keys");
        send("in", "car", "car");
        assertThat(await("out", 2)).containsExactlyInAnyOrder("car 1", "car 2");
        awaitNextCheckpoint(first);

        flink.restartTaskManager(0);
        flink.restartTaskManager(1);
        flink.awaitRunning(first);
        send("in", "car");
        assertThat(await("out", 3)).contains("car 3");

        String savepoint = flink.stopWithSavepoint(first);
        StreamExecutionEnvironment three = flink.environmentFrom(savepoint, 3);
        countKeys(three);
        JobClient second = flink.submit(three, "count-keys");
        send("in", "car", "bus");
        assertThat(await("out", 5)).contains("car 4", "bus 1");
        flink.cancel(second);
        flink.cancel(second);
    }

    @Test
    void reportsTheCauseOfAFailedJob() throws Exception {
        StreamExecutionEnvironment env = flink.environment(1);
        env.fromData("x")
                .name("source")
                .uid("source")
                .filter(
                        x -> {
                            throw new IllegalStateException("the reason");
                        })
                .name("fail")
                .uid("fail")
                .print()
                .name("print")
                .uid("print");
        JobClient job = env.executeAsync("fails");
        assertThatThrownBy(() -> job.getJobExecutionResult().get())
                .hasStackTraceContaining("the reason");
        assertThat(flink.failureOf(job)).hasStackTraceContaining("the reason");
        assertThatThrownBy(() -> flink.awaitRunning(job)).hasMessage("job fails is FAILED");
    }

    @Test
    void acceptsARecordOf17MiBWithAnOldTimestamp() throws Exception {
        kafka.createTopics(List.of(topic("large")), 1);
        String large = "x".repeat(17 * 1024 * 1024);
        try (KafkaProducer<String, String> producer = producer()) {
            producer.send(new ProducerRecord<>("large", 0, 1_000_000_000_000L, "k", large)).get();
        }
        // Longer than the broker's first check for segments to delete.
        assertThat(await("large", 1)).containsExactly(large);
    }

    @Test
    void doesNotCreateAMisspeltTopic() {
        try (KafkaProducer<String, String> producer = producer()) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("plate-raeds", "x")).get())
                    .hasMessageContaining("plate-raeds");
        }
        assertThatThrownBy(() -> kafka.createTopics(List.of(topic("bad name")), 1))
                .hasMessageContaining("bad name");
    }

    private static Topic topic(String name) {
        return new Topic(name, "text", true, Map.of(), Set.of(), Set.of());
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws Exception {
        assumeTrue(ListeningPorts.areKnown(), "the kernel does not list its listening ports");
        try (ServerSocket everywhere = new ServerSocket(0)) {
            String port = String.format(":%04X", everywhere.getLocalPort());
            assertThat(ListeningPorts.open()).singleElement().asString().endsWith(port);
        }
        assertThat(ListeningPorts.open()).isEmpty();
    }

    @Test
    void webInterfaceRejectsJars() throws Exception {
        assertThat(flink.webInterface().getHost()).isIn("localhost", "127.0.0.1");
        HttpRequest config =
                HttpRequest.newBuilder(flink.webInterface().resolve("/config")).build();
        assertThat(HttpClient.newHttpClient().send(config, BodyHandlers.ofString()).body())
                .contains("\"web-submit\":false", "\"web-cancel\":false", "\"web-rescale\":false");
        HttpRequest jars = HttpRequest.newBuilder(flink.webInterface().resolve("/jars")).build();
        assertThat(HttpClient.newHttpClient().send(jars, BodyHandlers.ofString()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void deletesItsFiles() throws Exception {
        List<Path> before = temporary();
        EmbeddedKafka otherKafka = EmbeddedKafka.start();
        EmbeddedFlink otherFlink = EmbeddedFlink.start(FlinkConf.local(), 1, 1);
        assertThat(temporary()).hasSize(before.size() + 2);
        otherFlink.close();
        otherFlink.close();
        otherKafka.close();
        otherKafka.close();
        assertThat(temporary()).containsExactlyInAnyOrderElementsOf(before);
    }

    private static List<Path> temporary() throws Exception {
        long pid = ProcessHandle.current().pid();
        try (Stream<Path> list = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return list.filter(
                            p ->
                                    p.getFileName()
                                            .toString()
                                            .matches("atalaya-[a-z]+-" + pid + "-.*"))
                    .toList();
        }
    }

    private static void countKeys(StreamExecutionEnvironment env) {
        KafkaSource<String> in =
                KafkaSource.<String>builder()
                        .setBootstrapServers(kafka.bootstrapServers())
                        .setTopics("in")
                        .setGroupId("count-keys")
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setValueOnlyDeserializer(new SimpleStringSchema())
                        .build();
        KafkaSink<String> out =
                KafkaSink.<String>builder()
                        .setBootstrapServers(kafka.bootstrapServers())
                        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                        .setRecordSerializer(
                                KafkaRecordSerializationSchema.<String>builder()
                                        .setTopic("out")
                                        .setValueSerializationSchema(new SimpleStringSchema())
                                        .build())
                        .build();
        env.fromSource(in, WatermarkStrategy.noWatermarks(), "in")
                .uid("in")
                .keyBy(key -> key)
                .process(new CountKeys())
                .name("count")
                .uid("count")
                .sinkTo(out)
                .name("out")
                .uid("out");
    }

    private static final class CountKeys extends KeyedProcessFunction<String, String, String> {
        private static final long serialVersionUID = 1L;
        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public void processElement(String key, Context context, Collector<String> out)
                throws Exception {
            long seen = count.value() == null ? 1 : count.value() + 1;
            count.update(seen);
            out.collect(key + " " + seen);
        }
    }

    /** A job restarted before its first checkpoint would count and write again from the start. */
    private static void awaitNextCheckpoint(JobClient job) throws InterruptedException {
        long seen = flink.completedCheckpoints(job);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // The checkpoint after the next one starts after this observation.
        while (flink.completedCheckpoints(job) < seen + 2) {
            assertThat(System.nanoTime()).as("a checkpoint within a minute").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private static KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "max.block.ms",
                        2000,
                        "max.request.size",
                        EmbeddedKafka.MAX_MESSAGE_BYTES),
                new StringSerializer(),
                new StringSerializer());
    }

    private static void send(String topic, String... values) {
        try (KafkaProducer<String, String> producer = producer()) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, value));
            }
        }
    }

    private static List<String> await(String topic, int count) {
        Map<String, Object> config = Map.of("bootstrap.servers", kafka.bootstrapServers());
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(p -> new TopicPartition(topic, p.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, String> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
