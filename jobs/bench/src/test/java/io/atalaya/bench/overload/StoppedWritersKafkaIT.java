package io.atalaya.bench.overload;

import io.atalaya.bench.cluster.JobSetup;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.EmbeddedKafka;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.SampleCity;
import io.atalaya.testutils.JobOnKafka;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A checkpoint that comes while RocksDB stops its writers waits, and fails nothing. Unlike in
 * {@link OverloadKafkaIT} the writers are stopped for certain, while the steps have nothing to
 * write and so work on the checkpoint at once. This finds a step that asks RocksDB for what it
 * refuses then, such as a flush without waiting.
 */
@Execution(ExecutionMode.CONCURRENT)
class StoppedWritersKafkaIT {
    /** 2026-03-03T12:00:00Z: in the past, so that the job is always catching up. */
    private static final long START = 1_772_539_200_000L;

    private static final long SEED = 7;
    private static final int MIN_ALERTS = 20;

    /** Some 100 kB of the registry's state: more than fits into a memory table. */
    private static final int ENTRIES_AT_ONCE = 500;

    private static final int ENTRIES = 10 * ENTRIES_AT_ONCE;

    /** Longer than a flush takes. */
    private static final Duration FLUSHED_WITHIN = Duration.ofSeconds(1);

    private static final Duration STOPPED = Duration.ofSeconds(2);

    /** Checkpoints come only when the test takes one. */
    private static final long NEVER_MS = Duration.ofHours(1).toMillis();

    private final List<TopicRecord> traffic = new ArrayList<>();

    /** Entries without a vehicle in the traffic, to fill the databases. */
    private final List<TopicRecord> unseen = new ArrayList<>();

    /** Entries whose vehicles have passed. */
    private final List<TopicRecord> wanted = new ArrayList<>();

    /** Work on a job that knows the traffic. */
    @FunctionalInterface
    private interface Listing {
        void list(JobOnKafka run) throws Exception;
    }

    @Test
    void aCheckpointWaitsUntilRocksDbHasJoinedItsFiles() throws Exception {
        City city =
                SampleCity.generate(
                        CityOptions.defaults(SEED, START)
                                .withMinutes(3)
                                .withReadsPerSecond(15)
                                .withHotlistSize(0)
                                .withPassages(PassagesKept.NONE));
        city.forEachRemaining(
                record -> (record.topic().equals(Topics.HOTLIST) ? wanted : traffic).add(record));
        for (int i = 0; i < ENTRIES; i++) {
            HotlistEntry entry = city.anotherEntry(i);
            unseen.add(
                    new TopicRecord(
                            Topics.HOTLIST,
                            START,
                            entry.entryId(),
                            HotlistEntryCodec.write(entry)));
        }

        Map<String, String> expected =
                run(
                        new Configuration(),
                        run -> {
                            run.publish(unseen);
                            run.publish(wanted);
                            run.awaitQuiet();
                        });
        assertThat(expected).hasSizeGreaterThan(MIN_ALERTS);
        Map<String, String> found;
        try {
            found = run(HeldRocksDb.settings(), this::listWhileWritersAreStopped);
        } finally {
            HeldRocksDb.FLUSHES.open();
            HeldRocksDb.COMPACTIONS.open();
        }

        assertThat(OverloadKafkaIT.beyond(expected, found))
                .isEqualTo(OverloadKafkaIT.beyond(found, expected));
    }

    private void listWhileWritersAreStopped(JobOnKafka run) throws Exception {
        HeldRocksDb.COMPACTIONS.close();
        int listed = 0;
        while (!HeldRocksDb.areWritersStopped()) {
            assertThat(listed).as("entries until writers are stopped").isLessThan(ENTRIES);
            // Flushed when all is written, so that no writer meets the stop.
            HeldRocksDb.FLUSHES.close();
            run.publish(unseen.subList(listed, listed + ENTRIES_AT_ONCE));
            listed += ENTRIES_AT_ONCE;
            awaitStopOr(run, listed, Duration.ofMinutes(5));
            HeldRocksDb.FLUSHES.open();
            awaitStopOr(run, Long.MAX_VALUE, FLUSHED_WITHIN);
        }

        CompletableFuture<Void> checkpoint = CompletableFuture.runAsync(run::takeCheckpoint);
        OverloadKafkaIT.watch(run, STOPPED);
        run.publish(unseen.subList(listed, ENTRIES));
        run.publish(wanted);
        OverloadKafkaIT.watch(run, STOPPED);
        assertThat(HeldRocksDb.areWritersStopped()).isTrue();
        assertThat(checkpoint).as("checkpoint").isNotDone();

        HeldRocksDb.COMPACTIONS.open();
        // Before the checkpoint, which does not say why the job has failed.
        run.awaitQuiet();
        checkpoint.get();
    }

    /** Waits until writers are stopped, or this many entries have passed all steps. */
    private static void awaitStopOr(JobOnKafka run, long entries, Duration limit)
            throws InterruptedException {
        long begin = System.nanoTime();
        while (!HeldRocksDb.areWritersStopped()
                && run.sumOfCounters("pastReadQueries") < entries
                && System.nanoTime() - begin < limit.toNanos()) {
            Thread.sleep(OverloadKafkaIT.POLL_MS);
        }
    }

    /** The alerts in the end. */
    private Map<String, String> run(Configuration settings, Listing listing) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                EmbeddedFlink flink = EmbeddedFlink.start(JobSetup.cluster(NEVER_MS), 1, 1);
                JobOnKafka run =
                        OverloadKafkaIT.job(new HotlistMatchJob(), kafka, flink, settings)) {
            run.publish(traffic);
            run.start(null, 1);
            run.awaitQuiet();
            listing.list(run);
            run.requireNeverFailed();
            return OverloadKafkaIT.alerts(run);
        }
    }
}
