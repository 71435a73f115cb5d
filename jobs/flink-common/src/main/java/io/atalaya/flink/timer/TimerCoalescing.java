package io.atalaya.flink.timer;

/** Few times that timers are set for: Flink keeps one timer a key and time. */
public final class TimerCoalescing {
    private TimerCoalescing() {}

    /**
     * The next multiple of {@code step} from {@code time} on, so that timers near each other are
     * one.
     */
    public static long roundUp(long step, long time) {
        return (time + step - 1) / step * step;
    }
}
