package io.atalaya.commandline;

/**
 * Limits a bulk load to an even rate. The jobs read the list in order, so a live change waits
 * behind earlier records; an even rate keeps that wait short.
 */
public final class RateLimiter {
    /**
     * Half of what the jobs process on two cores together with their other work, so that no backlog
     * builds up.
     */
    public static final int DEFAULT_PER_SECOND = 5_000;

    private static final int SLICES_A_SECOND = 50;

    private final int perSecond;
    private final int slice;
    private final long from = System.nanoTime();
    private long done;

    /**
     * @param perSecond maximum rate
     */
    public RateLimiter(int perSecond) {
        this.perSecond = perSecond;
        this.slice = Math.max(1, perSecond / SLICES_A_SECOND);
    }

    /** Counts one record and waits if it is ahead of the rate. */
    public void await() throws InterruptedException {
        if (done > 0 && done % slice == 0) {
            long dueNanos = done * 1_000_000_000L / perSecond;
            long aheadMs = (dueNanos - (System.nanoTime() - from)) / 1_000_000;
            if (aheadMs > 0) {
                Thread.sleep(aheadMs);
            }
        }
        done++;
    }
}
