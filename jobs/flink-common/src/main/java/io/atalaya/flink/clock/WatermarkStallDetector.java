package io.atalaya.flink.clock;

/**
 * Detects a stalled watermark. Reads advance the watermark: when every source is idle it stalls,
 * and everything that waits for it would wait for ever.
 *
 * <p>An overloaded machine or a source that is far behind stalls it as well, although more reads
 * follow. A conclusion from a stall is therefore never final: the caller must retract or emit it
 * again when later reads contradict it. Before the first watermark the job is starting, and nothing
 * counts as stalled.
 */
public final class WatermarkStallDetector {
    /**
     * Minimum duration of a stall, in ms. It is longer than the half second after which a quiet
     * partition becomes idle, so that a pause of the machine seldom looks like silence. It is not
     * much longer, because at night it delays everything that waits; a partition that cannot be
     * read holds the watermark back for longer.
     */
    public static final long STALLED_MS = 2_000;

    private long watermark = Long.MIN_VALUE;
    private long unchangedSince;

    /**
     * Records the current watermark.
     *
     * @param nowAt the watermark
     * @param now wall clock, epoch ms
     */
    public void update(long nowAt, long now) {
        if (nowAt != watermark) {
            watermark = nowAt;
            unchangedSince = now;
        }
    }

    /**
     * Records the current watermark, and returns whether it has stalled for {@link #STALLED_MS} and
     * {@code wait}.
     *
     * @param wait how long the caller would wait on a watermark that advances, ms
     */
    public boolean isStalled(long nowAt, long now, long wait) {
        update(nowAt, now);
        return watermark != Long.MIN_VALUE && now - unchangedSince >= STALLED_MS + wait;
    }
}
