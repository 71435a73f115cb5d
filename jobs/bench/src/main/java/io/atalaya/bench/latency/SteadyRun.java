package io.atalaya.bench.latency;

import io.atalaya.bench.latency.Script.Kind;
import io.atalaya.bench.measure.Delays;
import io.atalaya.bench.recording.CityReads;
import io.atalaya.bench.recording.NationalList;
import io.atalaya.bench.recording.Publisher;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.simulator.City;
import io.atalaya.simulator.SampleCity;

import org.HdrHistogram.Histogram;

import java.util.Iterator;
import java.util.List;

/** A live steady feed to a running job: every record is sent when it is due. */
public final class SteadyRun {
    private static final long LEAD_MS = 3_000;
    private static final long ANSWERS_WITHIN_MS = 5_000;
    private static final int MINUTE_S = 60;
    private static final long MILLIS = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final long HIGHEST_US = 600_000_000;
    private static final int DIGITS = 3;

    private final String bootstrapServers;
    private final NationalList list;
    private final int listed;
    private final double readsPerSecond;
    private final int warmSeconds;
    private final int seconds;

    /**
     * @param listed number of list entries in the job
     * @param warmSeconds duration of the feed before the measurement
     * @param seconds measured duration
     */
    public SteadyRun(
            String bootstrapServers,
            NationalList list,
            int listed,
            double readsPerSecond,
            int warmSeconds,
            int seconds) {
        this.bootstrapServers = bootstrapServers;
        this.list = list;
        this.listed = listed;
        this.readsPerSecond = readsPerSecond;
        this.warmSeconds = warmSeconds;
        this.seconds = seconds;
    }

    /** Number of entries that a run uses after the listed ones. */
    public static int unlisted(int warmSeconds, int seconds) {
        return Script.entries(warmSeconds + seconds);
    }

    /** Feeds, waits for the last alerts, and returns the delays. */
    public LatencyFigures run(long seed) throws InterruptedException {
        WallClock clock = new WallClock();
        long start = clock.millis() + LEAD_MS;
        long warm = start + warmSeconds * MILLIS;
        long end = warm + seconds * MILLIS;
        int minutes = (warmSeconds + seconds) / MINUTE_S + 1;
        City city = CityReads.steady(seed, start, minutes, readsPerSecond);
        Script script =
                new Script(list, listed, SampleCity.arches(city.options()), start, warm, end);
        Histogram lateness = new Histogram(HIGHEST_US, DIGITS);
        Answers answers = new Answers(bootstrapServers, clock, script.questions());
        try (answers;
                Publisher publisher = Publisher.live(bootstrapServers)) {
            answers.start();
            feed(city, script.records(), warm, end, clock, publisher, lateness);
            Thread.sleep(ANSWERS_WITHIN_MS);
        }
        return new LatencyFigures(
                readsPerSecond,
                listed,
                seconds,
                answers.of(Kind.READ),
                answers.of(Kind.ADDED_PAST),
                answers.of(Kind.ADDED_NOW),
                answers.of(Kind.REMOVED),
                answers.of(Kind.ADDED_PAST, Kind.ADDED_NOW, Kind.REMOVED),
                Delays.of(lateness, 0));
    }

    private static void feed(
            City city,
            List<TopicRecord> script,
            long warm,
            long end,
            WallClock clock,
            Publisher publisher,
            Histogram lateness)
            throws InterruptedException {
        Iterator<TopicRecord> scripted = script.iterator();
        TopicRecord next = scripted.next();
        TopicRecord traffic = city.next();
        while (traffic.timestamp() < end) {
            boolean isScripted = next != null && next.timestamp() <= traffic.timestamp();
            TopicRecord record = isScripted ? next : traffic;
            long early = record.timestamp() - clock.millis();
            if (early > 0) {
                Thread.sleep(early);
            }
            publisher.publish(record);
            if (record.timestamp() >= warm) {
                long late = clock.micros() - record.timestamp() * MICROS_PER_MILLI;
                lateness.recordValue(Math.max(0, Math.min(late, HIGHEST_US)));
            }
            if (isScripted) {
                next = scripted.hasNext() ? scripted.next() : null;
            } else {
                traffic = city.next();
            }
        }
    }
}
