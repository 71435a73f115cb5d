package io.atalaya.videoanalytics;

import io.atalaya.testutils.JobArchitecture;
import io.atalaya.videoanalytics.seeded.DecisionOnFlink;
import io.atalaya.videoanalytics.seeded.JobOnEmbedded;
import io.atalaya.videoanalytics.seeded.UndeclaredMetric;
import io.atalaya.videoanalytics.seeded.WallClockReader;

import java.util.List;
import java.util.Set;

class ArchitectureTest extends JobArchitecture {
    private static final Set<String> SHELLS =
            Set.of("CameraCache", "JudgedCameraCache", "AnomalyMeters", "IncidentCounters");

    private static final List<String> DECISIONS =
            List.of(
                    "CameraWatch",
                    "Camera",
                    "Tracks",
                    "SceneModel",
                    "StoppedVehicles",
                    "PictureFit",
                    "Silence",
                    "Incidents",
                    "AlertComposer",
                    "JudgedCamera",
                    "TrajectoryJudge",
                    "ActivityJudge",
                    "RealisedRate",
                    "AnomalyComposer",
                    "ModelGate",
                    "Disagreement",
                    "ServedNetworks",
                    "Outages",
                    "OutageComposer");

    ArchitectureTest() {
        super(
                "io.atalaya.videoanalytics",
                SHELLS,
                DECISIONS,
                new Breaches(
                        DecisionOnFlink.class,
                        JobOnEmbedded.class,
                        UndeclaredMetric.class,
                        WallClockReader.class));
    }
}
