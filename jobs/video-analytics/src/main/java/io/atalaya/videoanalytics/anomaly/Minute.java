package io.atalaya.videoanalytics.anomaly;

/**
 * How much went on before a camera in one minute.
 *
 * @param time its begin, event time, epoch ms
 * @param inView vehicles and people in view, the mean over what was seen of the minute; without
 *     what has stood there for long
 */
public record Minute(Origin origin, long at, boolean explained, long time, float inView)
        implements Observation {
    /** Milliseconds. */
    public static final long LENGTH = 60_000;

    @Override
    public ModelKind kind() {
        return ModelKind.SCENE_ACTIVITY;
    }
}
