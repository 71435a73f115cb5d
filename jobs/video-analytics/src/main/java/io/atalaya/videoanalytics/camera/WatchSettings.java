package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.videoanalytics.detector.AbandonedObjects;
import io.atalaya.videoanalytics.detector.Congestion;
import io.atalaya.videoanalytics.detector.Crowd;
import io.atalaya.videoanalytics.detector.LineCrossing;
import io.atalaya.videoanalytics.detector.Loitering;
import io.atalaya.videoanalytics.detector.StoppedVehicles;
import io.atalaya.videoanalytics.detector.UnusualSpeed;
import io.atalaya.videoanalytics.detector.WrongWay;
import io.atalaya.videoanalytics.detector.ZoneIntrusion;
import io.atalaya.videoanalytics.scene.SceneSettings;
import io.atalaya.videoanalytics.streamhealth.Freeze;
import io.atalaya.videoanalytics.streamhealth.PictureFit;
import io.atalaya.videoanalytics.streamhealth.Silence;
import io.atalaya.videoanalytics.streamhealth.StreamSanity;
import io.atalaya.videoanalytics.track.TrackSettings;

import java.io.Serializable;
import java.util.Set;

/**
 * Everything that can be set about the watch over a camera; the same for all cameras.
 *
 * @param off types of incidents that nobody is told of
 */
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
        StreamSanity.Settings sanity,
        Set<AlertType> off)
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
                    StreamSanity.Settings.DEFAULT,
                    Set.of());
}
