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
import io.atalaya.videoanalytics.scene.SceneModel;
import io.atalaya.videoanalytics.streamhealth.FrozenStreamDetector;
import io.atalaya.videoanalytics.streamhealth.SceneChangeDetector;
import io.atalaya.videoanalytics.streamhealth.SilenceDetector;
import io.atalaya.videoanalytics.streamhealth.StreamConsistencyChecker;
import io.atalaya.videoanalytics.track.TrackManager;

import java.io.Serializable;
import java.util.Set;

/**
 * Settings of a {@link CameraAnalyzer}, the same for all cameras.
 *
 * @param off disabled alert types
 */
public record CameraAnalyzerSettings(
        TrackManager.Settings tracks,
        SceneModel.Settings scene,
        StoppedVehicles.Settings stopped,
        WrongWay.Settings wrongWay,
        UnusualSpeed.Settings speed,
        Loitering.Settings loitering,
        Crowd.Settings crowd,
        Congestion.Settings congestion,
        AbandonedObjects.Settings abandoned,
        ZoneIntrusion.Settings zone,
        LineCrossing.Settings line,
        SilenceDetector.Settings silence,
        FrozenStreamDetector.Settings frozenStream,
        SceneChangeDetector.Settings sceneChange,
        StreamConsistencyChecker.Settings consistency,
        Set<AlertType> off)
        implements Serializable {

    public static final CameraAnalyzerSettings DEFAULT =
            new CameraAnalyzerSettings(
                    TrackManager.Settings.DEFAULT,
                    SceneModel.Settings.DEFAULT,
                    StoppedVehicles.Settings.DEFAULT,
                    WrongWay.Settings.DEFAULT,
                    UnusualSpeed.Settings.DEFAULT,
                    Loitering.Settings.DEFAULT,
                    Crowd.Settings.DEFAULT,
                    Congestion.Settings.DEFAULT,
                    AbandonedObjects.Settings.DEFAULT,
                    ZoneIntrusion.Settings.DEFAULT,
                    LineCrossing.Settings.DEFAULT,
                    SilenceDetector.Settings.DEFAULT,
                    FrozenStreamDetector.Settings.DEFAULT,
                    SceneChangeDetector.Settings.DEFAULT,
                    StreamConsistencyChecker.Settings.DEFAULT,
                    Set.of());
}
