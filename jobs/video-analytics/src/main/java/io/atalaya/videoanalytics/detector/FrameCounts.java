package io.atalaya.videoanalytics.detector;

import io.atalaya.videoanalytics.scene.GroundPlane;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.scene.SceneModel;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Numbers of standing people and of slow vehicles, smoothed over some seconds, and what the camera
 * learns from them. A minute is learned only after the next one has passed without an episode;
 * otherwise the start of a crowd would make crowds typical.
 */
public final class FrameCounts {
    private static final long MINUTE = 60_000;
    private static final float SMOOTH_MILLIS = 12_000;
    private static final long STANDING_FROM = 10_000;

    /** Natural log of the share of the typical speed below which a vehicle is slow: 2/5. */
    private static final float SLOW = -0.92f;

    /** Vehicle sizes per second; people walk at twice that speed. */
    private static final float WALKING = 0.35f;

    private static final float CROWD_REACH = 10;

    private float peopleTogether;
    private float slow;
    private float flowing;
    private long minuteLive;
    private float minuteStanding;
    private float minuteSlow;
    private float lastStanding;
    private float lastSlow;
    private int newcomers;

    public void update(FrameContext view) {
        int slowNow = 0;
        int flowingNow = 0;
        int people = 0;
        List<Track> all = view.tracks().all();
        for (int i = 0; i < all.size(); i++) {
            Track track = all.get(i);
            if (track.isNew() && view.isDetected(track)) {
                newcomers++;
            }
            if (isStandingPerson(view, track)) {
                people++;
            }
        }
        List<Track> vehicles = view.vehicles();
        for (int i = 0; i < vehicles.size(); i++) {
            Track track = vehicles.get(i);
            if (isComparable(view, track)) {
                if (isSlow(track)) {
                    slowNow++;
                } else {
                    flowingNow++;
                }
            }
        }
        float share = 1 - (float) Math.exp(-view.step() / SMOOTH_MILLIS);
        int together = people < 4 ? people : maxTogether(view, all);
        peopleTogether += share * (together - peopleTogether);
        slow += share * (slowNow - slow);
        flowing += share * (flowingNow - flowing);
        minuteStanding = Math.max(minuteStanding, peopleTogether);
        minuteSlow = Math.max(minuteSlow, slow);
    }

    static boolean isStandingPerson(FrameContext view, Track track) {
        if (track.kind() != ObjectClass.PERSON || track.stationaryMillis() < STANDING_FROM) {
            return false;
        }
        GroundPlane groundPlane = view.scene().groundPlane();
        // A person who walks away from the camera hardly moves in the image.
        return !groundPlane.isKnown()
                || groundPlane.length(
                                        track.x() - track.driftX() / 2,
                                        track.y() - track.driftY() / 2,
                                        track.driftX(),
                                        track.driftY())
                                * 1000
                        < WALKING * track.stationaryMillis();
    }

    /** Whether the vehicle is far below the typical speed of its place now. */
    static boolean isSlow(FrameContext view, Track track) {
        return isComparable(view, track) && isSlow(track);
    }

    private static boolean isComparable(FrameContext view, Track track) {
        return track.detectorState().isSpeedCurrent && !isParked(view, track);
    }

    private static boolean isSlow(Track track) {
        return track.detectorState().speedLogRatioNow < SLOW;
    }

    /** A vehicle that stands where vehicles stand for long is part of the scene. */
    static boolean isParked(FrameContext view, Track track) {
        return track.stationaryMillis() > 5_000
                && view.scene()
                                .grid()
                                .maxStayAround(
                                        view.standCell(track), SceneGrid.StationaryClass.VEHICLE)
                        > 180_000;
    }

    private static int maxTogether(FrameContext view, List<Track> all) {
        int most = 0;
        for (int i = 0; i < all.size(); i++) {
            Track one = all.get(i);
            if (isStandingPerson(view, one)) {
                int near = 0;
                for (int j = 0; j < all.size(); j++) {
                    Track other = all.get(j);
                    if (isStandingPerson(view, other)) {
                        float dx = one.x() - other.x();
                        float dy = one.y() - other.y();
                        float reach = CROWD_REACH * Math.max(one.size(), other.size());
                        if (dx * dx + dy * dy < reach * reach) {
                            near++;
                        }
                    }
                }
                most = Math.max(most, near);
            }
        }
        return most;
    }

    /**
     * Learns the minute before the last one, unless an episode is open.
     *
     * @param episode whether an episode is open that changes the counts
     */
    public void learn(FrameContext view, boolean episode) {
        if (view.live() - minuteLive < MINUTE) {
            return;
        }
        SceneModel scene = view.scene();
        minuteLive = view.live();
        scene.newcomers().learn(view.deviceTime(), newcomers);
        newcomers = 0;
        if (!episode) {
            scene.learnCounts(lastStanding, lastSlow);
            scene.standingPeople().learn(view.deviceTime(), lastStanding);
            scene.slowVehicles().learn(view.deviceTime(), lastSlow);
        }
        lastStanding = episode ? 0 : minuteStanding;
        lastSlow = episode ? 0 : minuteSlow;
        minuteStanding = peopleTogether;
        minuteSlow = slow;
    }

    /** Smoothed number of people who stand together. */
    float peopleTogether() {
        return peopleTogether;
    }

    /** Smoothed number of vehicles far below the typical speed of their place. */
    public float slow() {
        return slow;
    }

    /** Smoothed number of the other vehicles. */
    float flowing() {
        return flowing;
    }

    public void write(DataOutput out) throws IOException {
        out.writeFloat(peopleTogether);
        out.writeFloat(slow);
        out.writeFloat(flowing);
        out.writeLong(minuteLive);
        out.writeFloat(minuteStanding);
        out.writeFloat(minuteSlow);
        out.writeFloat(lastStanding);
        out.writeFloat(lastSlow);
        out.writeInt(newcomers);
    }

    public static FrameCounts read(DataInput in) throws IOException {
        FrameCounts counts = new FrameCounts();
        counts.peopleTogether = in.readFloat();
        counts.slow = in.readFloat();
        counts.flowing = in.readFloat();
        counts.minuteLive = in.readLong();
        counts.minuteStanding = in.readFloat();
        counts.minuteSlow = in.readFloat();
        counts.lastStanding = in.readFloat();
        counts.lastSlow = in.readFloat();
        counts.newcomers = in.readInt();
        return counts;
    }
}
