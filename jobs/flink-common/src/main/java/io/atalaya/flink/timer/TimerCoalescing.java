package io.atalaya.flink.timer;

/** Rounds timer times, because Flink keeps one timer per key and time. */
public final class TimerCoalescing {
    private TimerCoalescing() {}

    /** The next multiple of {@code step} from {@code time} on, so that close timers become one. */
    public static long roundUp(long step, long time) {
        return (time + step - 1) / step * step;
    }
}
