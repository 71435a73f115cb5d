package io.atalaya.commandline;

/**
 * Holds a bulk load to an even rate. The jobs read the list in order, so a live change queues
 * behind whatever was published before it: at an even rate that is never much.
 */
public final class Pace {
    /** Half of what the jobs take on two cores beside everything else, so that nothing queues. */
    public static final int DEFAULT_PER_SECOND = 5_000;

    private static final int SLICES_A_SECOND = 50;

    private final int perSecond;
    private final int slice;
    private final long from = System.nanoTime();
    private long done;

    /**
     * @param perSecond the highest rate
     */
    public Pace(int perSecond) {
        this.perSecond = perSecond;
        this.slice = Math.max(1, perSecond / SLICES_A_SECOND);
    }

    /** Counts one record, and waits where that would be ahead of the rate. */
    public void next() throws InterruptedException {
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
