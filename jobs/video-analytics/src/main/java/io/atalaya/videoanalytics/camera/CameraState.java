package io.atalaya.videoanalytics.camera;

/**
 * Keyed state of a camera. The analyzer that a barrier finds goes on working, so it is encoded when
 * Flink writes this state in another thread, or before the analyzer changes, whichever comes first.
 * Afterwards only the bytes are kept. Encoding 10,000 cameras at the barrier stopped their subtask
 * for 1.2 s.
 */
public final class CameraState {
    private final long timerAt;
    private final long silenceEmittedAt;

    /** Null once the analyzer is encoded. */
    private Encoding encoding;

    private byte[] analyzerState;

    /** Encodes an analyzer that does not change before. */
    @FunctionalInterface
    interface Encoding {
        /**
         * @return what {@link CameraAnalyzer#writeWithin} wrote; null for a new analyzer
         */
        byte[] encode();
    }

    /**
     * @param timerAt the registered event-time timer, or {@link Camera#NO_TIMER}
     * @param silenceEmittedAt arrival time of the last frame before the silence last emitted, or
     *     {@link Camera#NOT_EMITTED}
     */
    CameraState(long timerAt, long silenceEmittedAt, Encoding encoding) {
        this.timerAt = timerAt;
        this.silenceEmittedAt = silenceEmittedAt;
        this.encoding = encoding;
    }

    /** The same with an analyzer that is already encoded. */
    CameraState(long timerAt, long silenceEmittedAt, byte[] analyzerState) {
        this.timerAt = timerAt;
        this.silenceEmittedAt = silenceEmittedAt;
        this.analyzerState = analyzerState;
    }

    /** State of a camera with only an analyzer: no timer is set, no silence was emitted. */
    public static CameraState of(byte[] analyzerState) {
        return new CameraState(Camera.NO_TIMER, Camera.NOT_EMITTED, analyzerState);
    }

    long timerAt() {
        return timerAt;
    }

    long silenceEmittedAt() {
        return silenceEmittedAt;
    }

    /**
     * The state of the analyzer; null for a new one. From then on the analyzer may change. A caller
     * waits while another encodes, which takes some microseconds.
     */
    synchronized byte[] analyzerState() {
        if (encoding != null) {
            analyzerState = encoding.encode();
            encoding = null;
        }
        return analyzerState;
    }
}
