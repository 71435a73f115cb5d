package io.atalaya.videoanalytics;

import io.atalaya.testutils.JobArchitecture;
import io.atalaya.videoanalytics.seeded.DecisionOnFlink;
import io.atalaya.videoanalytics.seeded.JobOnEmbedded;
import io.atalaya.videoanalytics.seeded.SilentOperator;
import io.atalaya.videoanalytics.seeded.UndeclaredMetric;
import io.atalaya.videoanalytics.seeded.WallClockReader;

import java.util.Set;

class ArchitectureTest extends JobArchitecture {
    private static final Set<String> SHELLS =
            Set.of("CameraCache", "CameraModelsCache", "AnomalyMeters", "EpisodeCounters");

    ArchitectureTest() {
        super(
                new VideoAnalyticsJob(),
                SHELLS,
                new Breaches(
                        DecisionOnFlink.class,
                        JobOnEmbedded.class,
                        UndeclaredMetric.class,
                        WallClockReader.class,
                        SilentOperator.class));
    }
}
