package io.atalaya.videoanalytics.camera;

import io.atalaya.videoanalytics.detect.AbandonedObjects;
import io.atalaya.videoanalytics.detect.Congestion;
import io.atalaya.videoanalytics.detect.Crowd;
import io.atalaya.videoanalytics.detect.LineCrossing;
import io.atalaya.videoanalytics.detect.Loitering;
import io.atalaya.videoanalytics.detect.StoppedVehicles;
import io.atalaya.videoanalytics.detect.UnusualSpeed;
import io.atalaya.videoanalytics.detect.WrongWay;
import io.atalaya.videoanalytics.detect.ZoneIntrusion;
import io.atalaya.videoanalytics.health.Freeze;
import io.atalaya.videoanalytics.health.PictureFit;
import io.atalaya.videoanalytics.health.Silence;
import io.atalaya.videoanalytics.health.StreamSanity;
import io.atalaya.videoanalytics.scene.SceneSettings;
import io.atalaya.videoanalytics.track.TrackSettings;

import java.io.Serializable;

/** Everything that can be set about the watch over a camera; the same for all cameras. */
public record WatchSettings(
        TrackSettings tracks,
        SceneSettings scene,
        StoppedVehicles.Settings stopped,
        WrongWay.Settings wrongWay,
        UnusualSpeed.Settings speed,
        Loitering.Settings loitering,
        Crowd.Settings crowd,
        Congestion.Settings congestion,
        AbandonedObjects.Settings abandoned,
        ZoneIntrusion.Settings zone,
        LineCrossing.Settings line,
        Silence.Settings silence,
        Freeze.Settings freeze,
        PictureFit.Settings fit,
        StreamSanity.Settings sanity)
        implements Serializable {

    public static final WatchSettings DEFAULT =
            new WatchSettings(
                    TrackSettings.DEFAULT,
                    SceneSettings.DEFAULT,
                    StoppedVehicles.Settings.DEFAULT,
                    WrongWay.Settings.DEFAULT,
                    UnusualSpeed.Settings.DEFAULT,
                    Loitering.Settings.DEFAULT,
                    Crowd.Settings.DEFAULT,
                    Congestion.Settings.DEFAULT,
                    AbandonedObjects.Settings.DEFAULT,
                    ZoneIntrusion.Settings.DEFAULT,
                    LineCrossing.Settings.DEFAULT,
                    Silence.Settings.DEFAULT,
                    Freeze.Settings.DEFAULT,
                    PictureFit.Settings.DEFAULT,
                    StreamSanity.Settings.DEFAULT);

    /** The same with other rules for what makes a scene known. */
    public WatchSettings with(SceneSettings other) {
        return new WatchSettings(
                tracks,
                other,
                stopped,
                wrongWay,
                speed,
                loitering,
                crowd,
                congestion,
                abandoned,
                zone,
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same, but a vehicle must stand for so long, ms. */
    public WatchSettings stoppedAfter(long millis) {
        return new WatchSettings(
                tracks,
                scene,
                new StoppedVehicles.Settings(
                        stopped.stay().least(millis), stopped.queue(), stopped.calm()),
                wrongWay,
                speed,
                loitering,
                crowd,
                congestion,
                abandoned,
                zone,
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same, but a vehicle must go the wrong way for so long, ms. */
    public WatchSettings wrongWayAfter(long millis) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                new WrongWay.Settings(
                        millis, wrongWay.leastWay(), wrongWay.logChance(), wrongWay.calm()),
                speed,
                loitering,
                crowd,
                congestion,
                abandoned,
                zone,
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same with other shares of the usual speed that are told. */
    public WatchSettings unusualSpeed(double fast, double slow) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                wrongWay,
                new UnusualSpeed.Settings(
                        speed.cells(),
                        (float) fast,
                        speed.fastDeviations(),
                        (float) slow,
                        speed.slowMillis(),
                        speed.othersSlow(),
                        speed.calm()),
                loitering,
                crowd,
                congestion,
                abandoned,
                zone,
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same, but a person must stay for so long, ms. */
    public WatchSettings loiteringAfter(long millis) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                wrongWay,
                speed,
                new Loitering.Settings(
                        loitering.stay().least(millis), loitering.company(), loitering.calm()),
                crowd,
                congestion,
                abandoned,
                zone,
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same, but a crowd is so many people at least. */
    public WatchSettings crowdOf(int people) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                wrongWay,
                speed,
                loitering,
                new Crowd.Settings(people, crowd.overMost(), crowd.overAt(), crowd.calm()),
                congestion,
                abandoned,
                zone,
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same, but a jam is so many vehicles at least. */
    public WatchSettings congestionOf(int vehicles) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                wrongWay,
                speed,
                loitering,
                crowd,
                new Congestion.Settings(
                        vehicles,
                        congestion.share(),
                        congestion.overMost(),
                        congestion.behindStopped(),
                        congestion.overAt(),
                        congestion.calm()),
                abandoned,
                zone,
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same, but an object must lie for so long, ms, half of it unattended. */
    public WatchSettings abandonedAfter(long millis) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                wrongWay,
                speed,
                loitering,
                crowd,
                congestion,
                new AbandonedObjects.Settings(
                        millis,
                        millis / 2,
                        abandoned.overUsual(),
                        abandoned.owner(),
                        abandoned.calm()),
                zone,
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same, but somebody must be in a zone for so long, ms. */
    public WatchSettings intrudedAfter(long millis) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                wrongWay,
                speed,
                loitering,
                crowd,
                congestion,
                abandoned,
                new ZoneIntrusion.Settings(millis, zone.calm()),
                line,
                silence,
                freeze,
                fit,
                sanity);
    }

    /** The same, but nothing must come for so long, ms. */
    public WatchSettings silentAfter(long millis) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                wrongWay,
                speed,
                loitering,
                crowd,
                congestion,
                abandoned,
                zone,
                line,
                new Silence.Settings(
                        millis,
                        silence.mostPause(),
                        silence.overUsual(),
                        silence.intermittent(),
                        silence.overIntermittent(),
                        silence.warmUp(),
                        silence.frames(),
                        silence.unseen()),
                freeze,
                fit,
                sanity);
    }

    /** The same, but the picture must repeat for so long, ms. */
    public WatchSettings frozenAfter(long millis) {
        return new WatchSettings(
                tracks,
                scene,
                stopped,
                wrongWay,
                speed,
                loitering,
                crowd,
                congestion,
                abandoned,
                zone,
                line,
                silence,
                new Freeze.Settings(
                        millis, freeze.repeats(), freeze.overUsual(), freeze.doubtful()),
                fit,
                sanity);
    }
}
