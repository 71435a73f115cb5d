package io.atalaya.flink.clock;

/**
 * Tells whether the arrival clock, the watermark, stands still. It moves with the reads: when every
 * source is idle it stays where it is, and what waits for it would wait for ever.
 *
 * <p>An overloaded machine, or a source that is far behind, holds it still as well, although more
 * is coming. So what is concluded of a stall is never final: whoever asks has to take it back, or
 * tell it anew, when the rest proves it wrong. Before the first watermark the job is starting, and
 * nothing stands still.
 */
public final class WatermarkStallDetector {
    /**
     * So long the clock must have stood, in ms. A quiet partition is idle after half a second
     * already: more than that, so that a pause of the machine is seldom taken for silence; not much
     * more, for at night, what waits is shown so much later.
     */
    public static final long STALLED_MS = 2_000;

    private long watermark = Long.MIN_VALUE;
    private long since;

    /**
     * Notes where the clock is.
     *
     * @param nowAt the watermark
     * @param now by the wall clock, epoch ms
     */
    public void see(long nowAt, long now) {
        if (nowAt != watermark) {
            watermark = nowAt;
            since = now;
        }
    }

    /**
     * Notes where the clock is, and says whether it has stood there for {@link #STALLED_MS} and
     * {@code wait}.
     *
     * @param wait how long what asks would wait on a clock that moves, ms
     */
    public boolean isStalled(long nowAt, long now, long wait) {
        see(nowAt, now);
        return watermark != Long.MIN_VALUE && now - since >= STALLED_MS + wait;
    }
}
