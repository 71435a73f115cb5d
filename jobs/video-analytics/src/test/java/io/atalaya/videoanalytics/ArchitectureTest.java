package io.atalaya.videoanalytics;

import io.atalaya.testutils.JobArchitecture;
import io.atalaya.videoanalytics.seeded.DecisionOnFlink;
import io.atalaya.videoanalytics.seeded.JobOnEmbedded;
import io.atalaya.videoanalytics.seeded.SilentOperator;
import io.atalaya.videoanalytics.seeded.UndeclaredMetric;
import io.atalaya.videoanalytics.seeded.WallClockReader;

import java.util.List;
import java.util.Set;

class ArchitectureTest extends JobArchitecture {
    private static final Set<String> SHELLS =
            Set.of("CameraCache", "CameraModelsCache", "AnomalyMeters", "EpisodeCounters");

    private static final List<String> DECISIONS =
            List.of(
                    "CameraAnalyzer",
                    "Camera",
                    "Tracks",
                    "SceneModel",
                    "StoppedVehicles",
                    "SceneChangeDetector",
                    "SilenceDetector",
                    "Episodes",
                    "AlertComposer",
                    "CameraModels",
                    "TrajectoryAnomalyModel",
                    "ActivityAnomalyModel",
                    "RealisedRate",
                    "AnomalyComposer",
                    "ModelVersionValidator",
                    "ShadowComparison",
                    "ModelSwitcher",
                    "OutageDetector",
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
                        WallClockReader.class,
                        SilentOperator.class));
    }
}
