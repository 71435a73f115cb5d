package io.atalaya.hotlistmatch;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.hotlistmatch.alerting.AlertingSamples;
import io.atalaya.hotlistmatch.calibration.CalibrationSamples;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFindingSamples;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneSamples;
import io.atalaya.hotlistmatch.crosscheck.convoy.ConvoySamples;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.ReferenceUpdateSamples;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;
import io.atalaya.hotlistmatch.match.MatchSamples;
import io.atalaya.hotlistmatch.passage.PassageSamples;
import io.atalaya.hotlistmatch.prefilter.PrefilterSamples;
import io.atalaya.hotlistmatch.readhistory.ReadHistorySamples;
import io.atalaya.hotlistmatch.registry.RegistrySamples;
import io.atalaya.hotlistmatch.score.ScoreSamples;
import io.atalaya.testutils.GoldenSerializers;
import io.atalaya.testutils.SerializerSample;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class SerializersGoldenTest extends GoldenSerializers {
    SerializersGoldenTest() {
        super(
                "jobs/hotlist-match",
                all(),
                type -> type != CameraFrame.class,
                SerializedEvent.class);
    }

    @Override
    protected Set<Class<?>> withoutAddress() {
        return Set.of(
                // Progress of a subtask.
                RoutedEvent.Progress.class,
                BucketChange.Mark.class,
                // A filter is rebuilt from all entries when it is full.
                ListDelta.RebuildStarted.class,
                ListDelta.Relisted.class,
                ListDelta.RebuildFinished.class);
    }

    static List<SerializerSample<?>> all() {
        return Stream.of(
                        SharedSamples.samples(),
                        RegistrySamples.samples(),
                        ScoreSamples.samples(),
                        PassageSamples.samples(),
                        PrefilterSamples.samples(),
                        ReadHistorySamples.samples(),
                        MatchSamples.samples(),
                        AlertingSamples.samples(),
                        ReferenceUpdateSamples.samples(),
                        CrossCheckFindingSamples.samples(),
                        CloneSamples.samples(),
                        CalibrationSamples.samples(),
                        ConvoySamples.samples())
                .<SerializerSample<?>>flatMap(List::stream)
                .toList();
    }

    /** The state formats in a savepoint. */
    static List<String> savepointFormats() {
        return lines(all().stream());
    }
}
