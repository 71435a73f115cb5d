package io.atalaya.hotlistmatch;

import io.atalaya.hotlistmatch.seeded.DecisionOnFlink;
import io.atalaya.hotlistmatch.seeded.JobOnEmbedded;
import io.atalaya.hotlistmatch.seeded.SilentOperator;
import io.atalaya.hotlistmatch.seeded.UndeclaredMetric;
import io.atalaya.hotlistmatch.seeded.WallClockReader;
import io.atalaya.testutils.JobArchitecture;

import java.util.Set;

class ArchitectureTest extends JobArchitecture {
    private static final Set<String> SHELLS =
            Set.of(
                    "Prefilter",
                    "ListFilterState",
                    "SubtaskKeys",
                    "ProgressMarks",
                    "DeviceReadsCache",
                    "PassageRouter",
                    "EndedVersions",
                    "ReadHistoryStore",
                    "ReadBlocks",
                    "ClonedPlateDetector",
                    "OffsetTable",
                    "ListChangeLatency",
                    "RecentVehicleReads");

    ArchitectureTest() {
        super(
                new HotlistMatchJob(),
                SHELLS,
                new Breaches(
                        DecisionOnFlink.class,
                        JobOnEmbedded.class,
                        UndeclaredMetric.class,
                        WallClockReader.class,
                        SilentOperator.class));
    }
}
