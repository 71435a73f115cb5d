package io.atalaya.videoanalytics.detector;

import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.device.Zone;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.episode.Episodes;
import io.atalaya.videoanalytics.scene.SceneModel;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackManager;

import java.util.ArrayList;
import java.util.List;

/**
 * Input of the detectors for one frame. Created per frame, because a long-lived object with
 * references to new ones makes the garbage collector scan it.
 */
public final class FrameContext {
    private final TrackManager tracks;
    private final SceneModel scene;
    private final Episodes episodes;
    private final FrameCounts counts;
    private final List<Zone> zones;
    private final long deviceTime;
    private final long live;
    private final long step;
    private final List<Track> detectedTracks;
    private final List<Track> vehicles;
    private final List<Track> people;
    private final List<Track> objects;
    private boolean isAnomalyEnabled;
    private boolean isWrongWayEnabled;

    /**
     * Detection of anomalies is off until {@link #enableAnomalies}.
     *
     * @param time device time of the frame, epoch ms
     * @param live observed time, ms
     * @param step increase of the observed time, ms
     */
    public FrameContext(
            TrackManager tracks,
            SceneModel scene,
            Episodes episodes,
            FrameCounts counts,
            List<Zone> zones,
            long time,
            long live,
            long step) {
        this.tracks = tracks;
        this.scene = scene;
        this.episodes = episodes;
        this.counts = counts;
        this.zones = zones;
        this.deviceTime = time;
        this.live = live;
        this.step = step;
        List<Track> all = tracks.all();
        detectedTracks = new ArrayList<>(all.size());
        vehicles = new ArrayList<>(all.size());
        people = new ArrayList<>(all.size());
        objects = new ArrayList<>(0);
        for (int i = 0; i < all.size(); i++) {
            if (isDetected(all.get(i))) {
                add(all.get(i));
            }
        }
    }

    private void add(Track track) {
        detectedTracks.add(track);
        switch (track.kind()) {
            case VEHICLE -> vehicles.add(track);
            case PERSON -> people.add(track);
            case ITEM -> objects.add(track);
            case OTHER -> {}
        }
    }

    /**
     * Enables or disables the detection of anomalies.
     *
     * @param isEnabled of all of them
     * @param isWrongWay of a vehicle that goes the wrong way, which may itself be the only misfit
     */
    public void enableAnomalies(boolean isEnabled, boolean isWrongWay) {
        isAnomalyEnabled = isEnabled;
        isWrongWayEnabled = isWrongWay;
    }

    /** All objects in this frame, in the order of {@link TrackManager#all}. */
    public List<Track> detectedTracks() {
        return detectedTracks;
    }

    /** The vehicles in this frame. */
    public List<Track> vehicles() {
        return vehicles;
    }

    /** The people in this frame. */
    public List<Track> people() {
        return people;
    }

    /** The items in this frame that can be left behind. */
    public List<Track> objects() {
        return objects;
    }

    public List<Zone> zones() {
        return zones;
    }

    public TrackManager tracks() {
        return tracks;
    }

    public SceneModel scene() {
        return scene;
    }

    public Episodes episodes() {
        return episodes;
    }

    public FrameCounts counts() {
        return counts;
    }

    public long deviceTime() {
        return deviceTime;
    }

    public long live() {
        return live;
    }

    public long step() {
        return step;
    }

    /** Whether vehicles that go the wrong way are detected at present. */
    public boolean isWrongWayEnabled() {
        return isWrongWayEnabled;
    }

    /** Whether anomalies are detected at present. */
    public boolean isAnomalyEnabled() {
        return isAnomalyEnabled;
    }

    /** Whether the object was detected in this frame. */
    public boolean isDetected(Track track) {
        return track.lastLive() == live;
    }

    /** Adds a stationary object to an episode, once, and marks it as alerted. */
    void addStationary(Track track, Episode episode) {
        join(track, episode);
        episode.onObserved(deviceTime);
        track.detectorState().isInOpenAlert = true;
    }

    /** Adds a track to an episode, once, with all its track ids. */
    static void join(Track track, Episode episode) {
        episode.addTrack(track.trackNumber());
        episode.name(track.ids());
        episode.show(track);
        track.detectorState().isInEmittedEpisode = true;
    }

    /** The grid cell in which an object stands. */
    public int standCell(Track track) {
        return scene.cellOf(track.standX(), track.standY());
    }

    /** An object's box as evidence, clipped to the image. */
    public static CameraEvidence.Region region(Track track) {
        return CameraEvidence.Region.clipped(
                track.left(),
                track.top(),
                track.left() + track.width(),
                track.top() + track.height());
    }

    /**
     * Identity of a new episode: the track and the device time of the first emission. A track may
     * have several episodes, such as a vehicle that stops again, and an ended alert is not
     * reopened.
     */
    String episodeOf(Track track) {
        return identityKey(track) + "/" + deviceTime;
    }

    /**
     * Permanent identity of a track: its first track id and the device time of its first detection.
     */
    public static String identityKey(Track track) {
        return track.ids().get(0) + "@" + track.firstTime();
    }
}
