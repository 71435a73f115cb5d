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
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;

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
 * equal canonical plate. It uses the job's codecs and canonical plates. It does less than the job;
 * see {@link #LESS}.
 */
final class ExactJoin implements Contender {
    /** Where the join keeps what it knows. */
    enum Store {
        /** The list in memory, its fastest store, which is read again at each start. */
        IN_MEMORY("kafka-streams-in-memory"),
        /** The list in RocksDB, its default. */
        DEFAULT("kafka-streams-default-store"),
        /** The list in RocksDB, and every read by plate in RocksDB and in a changelog. */
        WITH_PAST("kafka-streams-with-past");

        final String contender;

        Store(String contender) {
            this.contender = contender;
        }
    }

    /** What it does not do compared with the job. */
    static final String LESS =
            "exact equality only: no misread plates, no patterns; the first text of a read only;"
                    + " what it keeps of the past meets no new entry; drops no second deliveries,"
                    + " applies no revisions; no score, no cool-down";

    private static final String PAST = "past";

    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);

    private final Store store;
    private final BenchBroker broker;
    private final Duration retention;
    private final int threads;

    /**
     * @param retention for how long reads are kept, with {@link Store#WITH_PAST}
     */
    ExactJoin(Store store, BenchBroker broker, Duration retention, int threads) {
        this.store = store;
        this.broker = broker;
        this.retention = retention;
        this.threads = threads;
    }

    @Override
    public String name() {
        return store.contender;
    }

    @Override
    public Lap lap(int round, long records) throws InterruptedException {
        LongAdder passed = new LongAdder();
        LongAdder joined = new LongAdder();
        Path directory = directory();
        KafkaStreams streams = new KafkaStreams(topology(passed, joined), config(directory));
        try {
            streams.start();
            return Stopwatch.time(
                    name(),
                    round,
                    new StreamsProgress(streams, passed, joined),
                    records,
                    Lap.warm(records));
        } finally {
            streams.close(STOPS_WITHIN);
            delete(directory);
        }
    }

    /**
     * @param passed counts the records that are read
     * @param joined counts those that have got to the join, or to no join
     */
    private Topology topology(LongAdder passed, LongAdder joined) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<PlateRead> reads = serde(PlateReadCodec::read, PlateReadCodec::write);
        GlobalKTable<String, HotlistEntry> list =
                builder.globalTable(
                        BenchBroker.LIST_BY_PLATE,
                        Consumed.with(
                                Serdes.String(),
                                serde(HotlistEntryCodec::read, HotlistEntryCodec::write)),
                        Materialized.as(
                                store == Store.IN_MEMORY
                                        ? Stores.inMemoryKeyValueStore("list")
                                        : Stores.persistentTimestampedKeyValueStore("list")));
        KStream<String, PlateRead> plates =
                builder.stream(Topics.PLATE_READS, Consumed.with(Serdes.String(), reads))
                        .peek((device, read) -> passed.increment())
                        .filter(
                                (device, read) -> {
                                    boolean isPlate =
                                            read.plate() != null
                                                    && CanonicalPlate.isPlate(read.plate());
                                    if (!isPlate) {
                                        joined.increment();
                                    }
                                    return isPlate;
                                })
                        .selectKey((device, read) -> canonical(read.plate()));
        if (store == Store.WITH_PAST) {
            builder.addStateStore(
                    Stores.windowStoreBuilder(
                            Stores.persistentWindowStore(
                                    PAST, retention, Duration.ofMillis(1), true),
                            Serdes.String(),
                            reads));
            plates =
                    plates.repartition(
                                    Repartitioned.with(Serdes.String(), reads).withName("by-plate"))
                            .process(Keeper::new, PAST);
        }
        plates.peek((plate, read) -> joined.increment())
                .join(list, (plate, read) -> plate, ExactJoin::hit)
                .to(BenchBroker.JOINED, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    /** Keeps each read under its plate. */
    private static final class Keeper
            extends ContextualProcessor<String, PlateRead, String, PlateRead> {
        private WindowStore<String, PlateRead> past;

        @Override
        public void init(ProcessorContext<String, PlateRead> context) {
            super.init(context);
            past = context.getStateStore(PAST);
        }

        @Override
        public void process(Record<String, PlateRead> read) {
            past.put(read.key(), read.value(), read.timestamp());
            context().forward(read);
        }
    }

    private static String canonical(String plate) {
        return CanonicalPlate.text(CanonicalPlate.pack(plate));
    }

    private static String hit(PlateRead read, HotlistEntry entry) {
        return read.readId() + ' ' + entry.entryId();
    }

    private Properties config(Path directory) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "streams-" + directory.getFileName());
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

    private record StreamsProgress(KafkaStreams streams, LongAdder read, LongAdder joined)
            implements Stopwatch.Progress {
        @Override
        public boolean isStarted() {
            return true;
        }

        @Override
        public long passed() {
            return read.sum();
        }

        @Override
        public long taken() {
            return read.sum() + joined.sum();
        }

        @Override
        public boolean isDrained() {
            return joined.sum() == read.sum();
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
