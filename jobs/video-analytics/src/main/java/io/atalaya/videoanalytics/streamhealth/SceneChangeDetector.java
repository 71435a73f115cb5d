package io.atalaya.videoanalytics.streamhealth;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.detector.FrameContext;
import io.atalaya.videoanalytics.episode.Episode;
import io.atalaya.videoanalytics.episode.Episodes;
import io.atalaya.videoanalytics.scene.SceneGrid;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackDetectorState;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Detects that the view is no longer the learned one. Each object that crosses the view counts
 * once, by whether its trajectory fits. If trajectories stop fitting everywhere at once, the camera
 * was moved. If no object comes where there were always some, it is covered. One odd trajectory
 * proves nothing and many in one corner are a crowd, so the decision uses the sum over all regions
 * (a sequential likelihood ratio).
 */
public final class SceneChangeDetector {
    private static final int COLUMNS = 4;
    private static final int ROWS = 3;

    /**
     * Episodes that began up to this time before the first misfit, ms, were most likely caused by
     * it.
     */
    private static final long BEFORE = 60_000;

    private static final float MEMORY = 200;
    private static final float FEW = 8;
    private static final float MIN_SPREAD = 0.4f;

    /** Factor of the required deviation from which a misfit lies where hardly any vehicle went. */
    private static final float FAR_BELOW = 2;

    /** Log of a vehicle's speed over the typical one below which it is held up. */
    private static final float SLOW = -0.7f;

    /** A vehicle that stands for less may be waiting for a gap, ms. */
    private static final long STOPPED = 4_000;

    /** Time for which it must have been seen before, ms. */
    private static final long CAME = 1_500;

    /** Passages in a cell from which it is part of a lane. */
    private static final float LANE = 4;

    /** Nothing is in the way for longer, ms; a parked vehicle may only seem to stand in a lane. */
    private static final long OBSTRUCTED = 600_000;

    private final Settings settings;

    /** Doubt from which no anomaly is reported even if one misfit is the anomaly itself. */
    private final float doubtfulWithOne;

    private final byte[] misfits = new byte[COLUMNS * ROWS];
    private final float[] supportMean = new float[2];
    private final float[] supportVariance = new float[2];
    private final float[] supportCount = new float[2];
    private float doubt;
    private long doubtSince;
    private float misfitRate;
    private float verdicts;
    private long lastSeenLive = -1;
    private long lastSeenTime;
    private float longestEmpty;

    /**
     * @param cells minimum number of cells in which a trajectory was compared. At the image edge
     *     fewer vehicles were counted, because fast ones are first detected further inside; so slow
     *     vehicles in a jam must not be compared there alone
     * @param deviations spreads below the typical support that make a trajectory a misfit
     * @param minRate minimum rate of misfits in an unchanged view
     * @param movedRate rate of misfits in a changed view
     * @param perRegion maximum number of misfits from one twelfth of the view, because a crowd or a
     *     reversed road is in one place
     * @param perRegionOfFirst the same for vehicles that do not move against the traffic and go
     *     where hardly any went. That is neither a crowd nor a reversed road, and it is the only
     *     sign of a camera that was turned along its road
     * @param doubtful doubt from which no anomaly is reported
     * @param certain doubt from which the camera was moved
     * @param minEmpty minimum empty time of a covered camera, ms of observed time
     * @param overTypical factor by which the empty time must exceed the longest typical one
     * @param emptyLogChance log of the probability of such an empty time that proves it
     */
    public record Settings(
            int cells,
            float deviations,
            float minRate,
            float movedRate,
            int perRegion,
            int perRegionOfFirst,
            float doubtful,
            float certain,
            long minEmpty,
            float overTypical,
            float emptyLogChance)
            implements Serializable {
        public static final Settings DEFAULT =
                new Settings(6, 1.3f, 0.1f, 0.7f, 3, 6, 3f, 8, 90_000, 2.5f, -12);
    }

    public SceneChangeDetector(Settings settings) {
        this.settings = settings;
        doubtfulWithOne =
                settings.doubtful() + (float) Math.log(settings.movedRate() / settings.minRate());
    }

    /** Whether too many trajectories do not fit to report anomalies. */
    public boolean isDoubtful() {
        return doubt >= settings.doubtful();
    }

    /** The same without the misfit of one object, which may be the anomaly itself. */
    public boolean isDoubtfulWithoutOne() {
        return doubt >= doubtfulWithOne;
    }

    /**
     * Processes the changes of the last frame.
     *
     * @return whether the camera was moved, so that the scene must be learned again
     */
    public boolean detect(FrameContext view) {
        boolean empty = isEmpty(view);
        if (!view.scene().isGrowing()) {
            return false;
        }
        List<Track> all = view.tracks().all();
        for (int i = 0; i < all.size(); i++) {
            score(view, all.get(i), settings.cells());
        }
        List<Track> finished = view.tracks().finished();
        for (int i = 0; i < finished.size(); i++) {
            score(view, finished.get(i), 2);
        }
        if (!view.scene().isWarm()) {
            doubt = 0;
            Arrays.fill(misfits, (byte) 0);
            return false;
        }
        if (view.tracks().hasJumped()) {
            open(view, settings.certain(), settings.certain(), view.deviceTime(), 0);
            reset(view);
            return true;
        }
        if (view.tracks().mayHaveJumped()) {
            suspect(view.deviceTime());
        }
        if (doubt >= settings.certain()) {
            open(view, doubt, settings.certain(), doubtSince, BEFORE);
            reset(view);
            return true;
        }
        if (empty && view.episodes().first(AlertType.CAMERA_MOVED) == null) {
            detectCover(view);
        }
        return false;
    }

    /** No anomaly is reported until some trajectories fit; a few misfits are proof. */
    private void suspect(long time) {
        if (doubt == 0) {
            doubtSince = time;
        }
        doubt = Math.max(doubt, doubtfulWithOne);
    }

    /** The time for which a camera was covered is not learned as typically empty. */
    private boolean isEmpty(FrameContext view) {
        boolean empty = view.detectedTracks().isEmpty();
        if (!empty) {
            Episode moved = view.episodes().first(AlertType.CAMERA_MOVED);
            boolean wasCovered = moved != null && moved.more() > 0;
            if (wasCovered) {
                moved.onObserved(view.deviceTime());
                view.episodes().end(moved, "objects are in view again");
            } else if (lastSeenLive >= 0) {
                longestEmpty = Math.max(longestEmpty * 0.99999f, view.live() - lastSeenLive);
            }
            lastSeenLive = view.live();
            lastSeenTime = view.deviceTime();
        }
        return empty;
    }

    private void detectCover(FrameContext view) {
        long emptyFor = lastSeenLive < 0 ? 0 : view.live() - lastSeenLive;
        float limit = Math.max(settings.minEmpty(), settings.overTypical() * longestEmpty);
        if (emptyFor < limit) {
            return;
        }
        float perMinute = view.scene().newcomers().mean(view.deviceTime());
        float logChance = -perMinute * emptyFor / 60_000;
        if (logChance < settings.emptyLogChance() && view.episodes().hasRoom()) {
            Episode episode = new Episode(AlertType.CAMERA_MOVED, "@" + lastSeenTime, lastSeenTime);
            episode.measure(emptyFor / 1000.0, limit / 1000.0, perMinute);
            episode.onObserved(view.deviceTime());
            view.episodes().open(episode, view.deviceTime());
        }
    }

    private void score(FrameContext view, Track track, int cells) {
        TrackDetectorState detectorState = track.detectorState();
        if (detectorState.isFitCounted
                || detectorState.scoredCells < cells
                || track.kind() != ObjectClass.VEHICLE && track.kind() != ObjectClass.PERSON) {
            return;
        }
        detectorState.isFitCounted = true;
        float support = detectorState.supportLog / detectorState.scoredCells;
        int kind = track.kind() == ObjectClass.VEHICLE ? 0 : 1;
        float below = supportMean[kind] - support;
        float least = settings.deviations() * spread(kind);
        boolean misfit = supportCount[kind] >= FEW && below > least;
        boolean isFar = below > FAR_BELOW * least;
        if (misfit
                && kind == 0
                && (!isFar && isHeldUp(detectorState) || isObstructed(view, track))) {
            return;
        }
        float typical = Math.min(0.4f, Math.max(settings.minRate(), 1.3f * misfitRate));
        if (misfit) {
            int region = region(track);
            boolean isFirst = kind == 0 && detectorState.wrongMillis == 0 && isFar;
            if (misfits[region] < (isFirst ? settings.perRegionOfFirst() : settings.perRegion())) {
                misfits[region]++;
                if (doubt == 0) {
                    // Limited, because a parked vehicle that moves with the view may have stood
                    // there for long.
                    doubtSince = Math.max(track.firstTime(), view.deviceTime() - BEFORE);
                }
                doubt += (float) Math.log(settings.movedRate() / typical);
            }
        } else {
            doubt += (float) Math.log((1 - settings.movedRate()) / (1 - typical));
            if (doubt <= 0) {
                doubt = 0;
                Arrays.fill(misfits, (byte) 0);
            }
        }
        if (doubt < settings.doubtful()) {
            learn(kind, support, misfit);
        }
    }

    /** A vehicle in a jam is first seen where few are, because faster ones are seen later. */
    private static boolean isHeldUp(TrackDetectorState detectorState) {
        return detectorState.speedCells > 1
                && detectorState.speedLogRatio < SLOW * detectorState.speedCells;
    }

    /** Whether a jam, or a vehicle near the track's place, is in the way, which others go round. */
    private static boolean isObstructed(FrameContext view, Track track) {
        Episode jam = view.episodes().first(AlertType.CONGESTION);
        if (jam != null && view.deviceTime() - jam.startedAt() < OBSTRUCTED) {
            return true;
        }
        int region = region(track);
        List<Track> all = view.tracks().all();
        for (int i = 0; i < all.size(); i++) {
            if (isNear(region(all.get(i)), region) && hasStopped(view, all.get(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a vehicle stands in a lane for longer than any did there. One that was not seen to
     * come may be parked, in a view that has moved.
     */
    private static boolean hasStopped(FrameContext view, Track track) {
        long stay = track.stationaryMillis();
        if (track.kind() != ObjectClass.VEHICLE
                || stay < STOPPED
                || stay >= OBSTRUCTED
                || track.standSince() - track.firstTime() < CAME) {
            return false;
        }
        SceneGrid grid = view.scene().grid();
        int cell = view.standCell(track);
        return grid.vehicles(cell) >= LANE
                && grid.maxStayAround(cell, SceneGrid.StationaryClass.VEHICLE) < stay;
    }

    private static boolean isNear(int region, int other) {
        return Math.abs(region % COLUMNS - other % COLUMNS) <= 1
                && Math.abs(region / COLUMNS - other / COLUMNS) <= 1;
    }

    private void learn(int kind, float support, boolean misfit) {
        verdicts = Math.min(verdicts + 1, MEMORY);
        misfitRate += ((misfit ? 1 : 0) - misfitRate) / verdicts;
        supportCount[kind] = Math.min(supportCount[kind] + 1, MEMORY);
        float off = support - supportMean[kind];
        supportMean[kind] += off / supportCount[kind];
        supportVariance[kind] +=
                (off * (support - supportMean[kind]) - supportVariance[kind]) / supportCount[kind];
    }

    private float spread(int kind) {
        return Math.max(MIN_SPREAD, (float) Math.sqrt(supportVariance[kind]));
    }

    private static int region(Track track) {
        int column = (int) (COLUMNS * (track.left() + track.width() / 2));
        int row = (int) (ROWS * track.y());
        return Math.max(0, Math.min(ROWS - 1, row)) * COLUMNS
                + Math.max(0, Math.min(COLUMNS - 1, column));
    }

    private void open(FrameContext view, double value, double limit, long since, long before) {
        // Episodes since then compared objects with a scene of another view.
        Episodes episodes = view.episodes();
        for (int i = episodes.open().size() - 1; i >= 0; i--) {
            Episode episode = episodes.open().get(i);
            if (episode.isAboutScene()) {
                if (episode.startedAt() >= since - before) {
                    episodes.cancel(episode, "the view had changed before it began");
                } else {
                    episodes.end(episode, "the view has changed");
                }
            }
        }
        episodes.cancelEnded(since - before);
        Episode episode = new Episode(AlertType.CAMERA_MOVED, "@" + since, since);
        episode.measure(value, limit, 0);
        episode.onObserved(view.deviceTime());
        episodes.open(episode, view.deviceTime());
    }

    private void reset(FrameContext view) {
        doubt = 0;
        misfitRate = 0;
        verdicts = 0;
        Arrays.fill(supportCount, 0);
        Arrays.fill(supportVariance, 0);
        Arrays.fill(misfits, (byte) 0);
        lastSeenLive = view.live();
    }

    /** Ends the alert because the new scene is known. */
    public void relearned(FrameContext view) {
        Episode episode = view.episodes().first(AlertType.CAMERA_MOVED);
        if (episode != null && episode.more() == 0) {
            episode.onObserved(view.deviceTime());
            view.episodes().end(episode, "the new scene is learned");
        }
    }

    public void write(DataOutput out) throws IOException {
        out.write(misfits);
        out.writeFloat(doubt);
        out.writeLong(doubtSince);
        out.writeFloat(misfitRate);
        out.writeFloat(verdicts);
        for (int kind = 0; kind < supportMean.length; kind++) {
            out.writeFloat(supportMean[kind]);
            out.writeFloat(supportVariance[kind]);
            out.writeFloat(supportCount[kind]);
        }
        out.writeLong(lastSeenLive);
        out.writeLong(lastSeenTime);
        out.writeFloat(longestEmpty);
    }

    public static SceneChangeDetector read(Settings settings, DataInput in) throws IOException {
        SceneChangeDetector sceneChange = new SceneChangeDetector(settings);
        in.readFully(sceneChange.misfits);
        sceneChange.doubt = in.readFloat();
        sceneChange.doubtSince = in.readLong();
        sceneChange.misfitRate = in.readFloat();
        sceneChange.verdicts = in.readFloat();
        for (int kind = 0; kind < sceneChange.supportMean.length; kind++) {
            sceneChange.supportMean[kind] = in.readFloat();
            sceneChange.supportVariance[kind] = in.readFloat();
            sceneChange.supportCount[kind] = in.readFloat();
        }
        sceneChange.lastSeenLive = in.readLong();
        sceneChange.lastSeenTime = in.readLong();
        sceneChange.longestEmpty = in.readFloat();
        return sceneChange;
    }
}
