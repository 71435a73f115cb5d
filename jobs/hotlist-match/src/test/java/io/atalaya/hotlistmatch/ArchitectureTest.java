package io.atalaya.hotlistmatch;

import io.atalaya.hotlistmatch.seeded.DecisionOnFlink;
import io.atalaya.hotlistmatch.seeded.JobOnEmbedded;
import io.atalaya.hotlistmatch.seeded.UndeclaredMetric;
import io.atalaya.hotlistmatch.seeded.WallClockReader;
import io.atalaya.testutils.JobArchitecture;

import java.util.List;
import java.util.Set;

class ArchitectureTest extends JobArchitecture {
    private static final Set<String> SHELLS =
            Set.of(
                    "Gate",
                    "ListFilterState",
                    "SubtaskKeys",
                    "ProgressMarks",
                    "DeviceMemories",
                    "EndedVersions",
                    "SightingStore",
                    "CloneWatch",
                    "ShiftTable",
                    "ListChangeLatency",
                    "RecentCars");

    private static final List<String> DECISIONS =
            List.of(
                    "EntryCase",
                    "Announcer",
                    "AlertDerivation",
                    "AlertComposer",
                    "Judge",
                    "Scorer",
                    "Population",
                    "PassageLogic",
                    "ClockRules",
                    "LookQueue",
                    "SightingIndex",
                    "DeletionFilter",
                    "ListFilter",
                    "BucketKeys",
                    "FilterLoad",
                    "CloneLogic",
                    "CloneScore",
                    "DeviceGuard",
                    "LastSightings",
                    "CovertMatch",
                    "MismatchLogic",
                    "MismatchScore",
                    "Odds",
                    "ListedPassageNews",
                    "ConvoyCase",
                    "ConvoyLogic",
                    "ConvoyComposer",
                    "CompanyScore",
                    "Trip",
                    "Chain",
                    "AnomalyComposer",
                    "AnsweredAlert",
                    "SubjectRecord",
                    "ShiftEstimate",
                    "ShiftHistory");

    ArchitectureTest() {
        super(
                "io.atalaya.hotlistmatch",
                SHELLS,
                DECISIONS,
                new Breaches(
                        DecisionOnFlink.class,
                        JobOnEmbedded.class,
                        UndeclaredMetric.class,
                        WallClockReader.class));
    }
}
