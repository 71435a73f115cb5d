package io.atalaya.videoanalytics.track;

import java.io.Serializable;

/**
 * Settings of the tracking. Times are in ms of observed time, lengths in sizes of the object.
 *
 * @param aspect image width over height
 * @param jitter distance that a box may jump while the object is stationary
 * @param unknownSpeed maximum speed, in sizes per second, of an object whose speed is unknown
 * @param sizeStep maximum jump of the log of its size
 * @param sameNameReach multiple of the possible distance beyond which an id has moved to another
 *     object
 * @param patience maximum age of a lost track that moved
 * @param patienceStanding maximum age of a lost track that was stationary
 * @param longStay duration from which a track counts as stationary
 */
public record TrackSettings(
        float aspect,
        float jitter,
        float unknownSpeed,
        float sizeStep,
        float sameNameReach,
        long patience,
        long patienceStanding,
        long longStay)
        implements Serializable {

    public static final TrackSettings DEFAULT =
            new TrackSettings(16f / 9, 0.7f, 6f, 0.4f, 2.5f, 4_000, 12_000, 8_000);
}
