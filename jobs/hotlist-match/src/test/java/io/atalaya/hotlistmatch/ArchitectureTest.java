package io.atalaya.hotlistmatch;

import io.atalaya.hotlistmatch.seeded.DecisionOnFlink;
import io.atalaya.hotlistmatch.seeded.JobOnEmbedded;
import io.atalaya.hotlistmatch.seeded.SilentOperator;
import io.atalaya.hotlistmatch.seeded.UndeclaredMetric;
import io.atalaya.hotlistmatch.seeded.WallClockReader;
import io.atalaya.testutils.JobArchitecture;

import java.util.List;
import java.util.Set;

class ArchitectureTest extends JobArchitecture {
    private static final Set<String> SHELLS =
            Set.of(
                    "Prefilter",
                    "ListFilterState",
                    "SubtaskKeys",
                    "ProgressMarks",
                    "DeviceReadsCache",
                    "EndedVersions",
                    "ReadHistoryStore",
                    "ClonedPlateDetector",
                    "OffsetTable",
                    "ListChangeLatency",
                    "RecentVehicleReads");

    private static final List<String> DECISIONS =
            List.of(
                    "EntryState",
                    "AlertUpdater",
                    "AlertDerivation",
                    "AlertComposer",
                    "MatchEvaluator",
                    "Scorer",
                    "Population",
                    "PassageLogic",
                    "ClockRules",
                    "PastReadQueue",
                    "ReadHistoryIndex",
                    "DeletionFilter",
                    "HotlistFilter",
                    "BucketKeys",
                    "FilterLoad",
                    "CloneLogic",
                    "CloneScore",
                    "FaultyDeviceFilter",
                    "LastSightings",
                    "CovertHistory",
                    "MismatchLogic",
                    "MismatchScore",
                    "HypothesisOdds",
                    "ListedPassageUpdates",
                    "ConvoyCase",
                    "ConvoyLogic",
                    "ConvoyComposer",
                    "ConvoyScorer",
                    "Trip",
                    "SharedPassages",
                    "CrossCheckAlertComposer",
                    "AlertOutcomeState",
                    "SubjectRecord",
                    "OffsetEstimator",
                    "OffsetHistory");

    ArchitectureTest() {
        super(
                "io.atalaya.hotlistmatch",
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
