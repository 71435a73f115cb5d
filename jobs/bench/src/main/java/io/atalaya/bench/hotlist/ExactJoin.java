package io.atalaya.bench.hotlist;

import io.atalaya.bench.cluster.BenchBroker;
import io.atalaya.bench.comparison.Contender;
import io.atalaya.bench.comparison.Lap;
import io.atalaya.bench.comparison.Stopwatch;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.Topics;

import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Properties;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The obvious alternative: a Kafka Streams join of the reads with a global table of the list, by
 * equal canonical plate. It uses the job's codecs and canonical plates, and keeps the table in
 * memory, its fastest store. It does less than the job; see {@link #LESS}.
 */
final class ExactJoin implements Contender {
    static final String NAME = "kafka-streams-exact-join";

    /** What it does not do compared with the job. */
    static final String LESS =
            "exact equality only: no misread plates, no patterns; the first text of a read only;"
                    + " keeps no read history, so a new entry does not meet the past; drops no second"
                    + " deliveries, applies no revisions; no score, no cool-down, no clones, mismatches"
                    + " or convoys; no checkpoints: its table is in memory and read again at a start";

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private final BenchBroker broker;
    private final int threads;

    ExactJoin(BenchBroker broker, int threads) {
        this.broker = broker;
        this.threads = threads;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Lap lap(int round, long records) throws InterruptedException {
        LongAdder passed = new LongAdder();
        Path directory = directory();
        KafkaStreams streams = new KafkaStreams(topology(passed), config(directory));
        try {
            streams.start();
            return Stopwatch.time(
                    NAME, round, new StreamsProgress(streams, passed), records, Lap.warm(records));
        } finally {
            streams.close(STOPS_WITHIN);
            delete(directory);
        }
    }

    private Topology topology(LongAdder passed) {
        StreamsBuilder builder = new StreamsBuilder();
        GlobalKTable<String, HotlistEntry> list =
                builder.globalTable(
                        BenchBroker.LIST_BY_PLATE,
                        Consumed.with(
                                Serdes.String(),
                                serde(HotlistEntryCodec::read, HotlistEntryCodec::write)),
                        Materialized.as(Stores.inMemoryKeyValueStore("list")));
        builder.stream(
                        Topics.PLATE_READS,
                        Consumed.with(
                                Serdes.String(),
                                serde(PlateReadCodec::read, PlateReadCodec::write)))
                .peek((device, read) -> passed.increment())
                .filter((device, read) -> isPlate(read.plate()))
                .join(list, (device, read) -> canonical(read.plate()), ExactJoin::hit)
                .to(BenchBroker.JOINED, Produced.with(Serdes.String(), Serdes.String()));
        builder.stream(
                        Topics.RFID_READS,
                        Consumed.with(
                                Serdes.String(), serde(RfidReadCodec::read, RfidReadCodec::write)))
                .peek((device, tag) -> passed.increment())
                .filter((device, tag) -> isPlate(tag.registeredPlate()))
                .join(list, (device, tag) -> canonical(tag.registeredPlate()), ExactJoin::hit)
                .to(BenchBroker.JOINED, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    private static boolean isPlate(String text) {
        return text != null && CanonicalPlate.isPlate(text);
    }

    private static String canonical(String plate) {
        return CanonicalPlate.text(CanonicalPlate.pack(plate));
    }

    private static String hit(PlateRead read, HotlistEntry entry) {
        return read.readId() + ' ' + entry.entryId();
    }

    private static String hit(RfidRead tag, HotlistEntry entry) {
        return tag.readId() + ' ' + entry.entryId();
    }

    private Properties config(Path directory) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "exact-join-" + directory.getFileName());
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        config.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        return config;
    }

    private interface Reader<T> {
        T read(byte[] message) throws InvalidRecordException;
    }

    private static <T> Serde<T> serde(Reader<T> reader, Function<T, byte[]> writer) {
        Deserializer<T> deserializer =
                (topic, message) -> {
                    try {
                        return message == null ? null : reader.read(message);
                    } catch (InvalidRecordException e) {
                        throw new IllegalStateException("a record of the generator's own", e);
                    }
                };
        return Serdes.serdeFrom((topic, value) -> writer.apply(value), deserializer);
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("atalaya-streams-");
        } catch (IOException e) {
            throw new UncheckedIOException("creating a directory for Kafka Streams", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + directory, e);
        }
    }

    private record StreamsProgress(KafkaStreams streams, LongAdder adder)
            implements Stopwatch.Progress {
        @Override
        public long passed() {
            return adder.sum();
        }

        @Override
        public long taken() {
            return passed();
        }

        /** A record passes all steps before the next one is read. */
        @Override
        public boolean isDrained() {
            return true;
        }

        @Override
        public void checkRunning() {
            if (streams.state().hasCompletedShutdown()
                    || streams.state() == KafkaStreams.State.ERROR) {
                throw new IllegalStateException("Kafka Streams is " + streams.state());
            }
        }
    }
}
