package io.atalaya.lab.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Console output of a replay: a line per step, and counts at the end. */
final class ReplayLog {
    private static final long LINE_EVERY_NS = Duration.ofSeconds(5).toNanos();

    private final PrintWriter out;
    private long lastLine = System.nanoTime();

    ReplayLog(PrintWriter out) {
        this.out = out;
    }

    void step(String text) {
        out.println(text);
        out.flush();
        lastLine = System.nanoTime();
    }

    /** Reports the feeding progress, at most every 5 s. */
    void fed(long records, long timestamp) {
        if (System.nanoTime() - lastLine >= LINE_EVERY_NS) {
            step(
                    String.format(
                            Locale.ROOT,
                            "  %,d records fed, arrival %s",
                            records,
                            Instant.ofEpochMilli(timestamp)));
        }
    }

    /** Prints records in and out by topic, and the duration. */
    void summary(Map<String, Long> in, Map<String, Long> written, Duration took) {
        out.println();
        out.printf(Locale.ROOT, "%-20s %12s %12s%n", "topic", "in", "out");
        TreeSet<String> topics = new TreeSet<>(in.keySet());
        topics.addAll(written.keySet());
        for (String topic : topics) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %12s %12s%n",
                    topic,
                    count(in.get(topic)),
                    count(written.get(topic)));
        }
        out.printf(Locale.ROOT, "%nDuration: %s%n", seconds(took));
        out.flush();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    private static String count(Long records) {
        return records == null ? "" : String.format(Locale.ROOT, "%,d", records);
    }
}
