package io.atalaya.videoanalytics.track;

import java.io.Serializable;

/**
 * How things are followed. Times are in ms on the live clock, lengths in sizes of the thing.
 *
 * @param aspect the picture's width over its height
 * @param jitter how far a box may jump while the thing stands
 * @param unknownSpeed sizes a second that a thing of unknown speed may go
 * @param sizeStep by how much the log of its size may jump
 * @param sameNameReach how much farther than possible an id may jump before it is another thing
 * @param patience for a lost thing that moved
 * @param patienceStanding for a lost thing that stood
 * @param longStay from when it counts as one that stood
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
