package io.atalaya.dispatch;

import io.atalaya.dispatch.seeded.DecisionOnFlink;
import io.atalaya.dispatch.seeded.JobOnEmbedded;
import io.atalaya.dispatch.seeded.SilentOperator;
import io.atalaya.dispatch.seeded.UndeclaredMetric;
import io.atalaya.dispatch.seeded.WallClockReader;
import io.atalaya.testutils.JobArchitecture;

import java.util.Set;

class ArchitectureTest extends JobArchitecture {
    private static final Set<String> SHELLS = Set.of();

    ArchitectureTest() {
        super(
                new DispatchJob(),
                SHELLS,
                new Breaches(
                        DecisionOnFlink.class,
                        JobOnEmbedded.class,
                        UndeclaredMetric.class,
                        WallClockReader.class,
                        SilentOperator.class));
    }
}
