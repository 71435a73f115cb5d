package io.atalaya.hotlistmatch.registry;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.ScoreSamples;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

/** Samples for the serializers of the registry. */
public final class RegistrySamples {
    private static final long NOON = SharedSamples.NOON;
    public static final EntryVersion VERSION =
            new EntryVersion(SharedSamples.FULL_ENTRY, NOON, true, new RecordPosition(2, 300));
    public static final EntryVersion PATTERN_VERSION =
            new EntryVersion(SharedSamples.BARE_ENTRY, NOON, false, RecordPosition.UNKNOWN);
    private static final MatchTarget PATTERN = MatchTarget.of(SharedSamples.BARE_ENTRY);

    private RegistrySamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(EntryVersion.class, VERSION, PATTERN_VERSION),
                SerializerSample.of(
                        HotlistChange.class,
                        new HotlistChange(
                                "MX-15-0001",
                                SharedSamples.FULL_ENTRY,
                                NOON,
                                new RecordPosition(2, 300)),
                        new HotlistChange("MX-15-0001", null, NOON, RecordPosition.UNKNOWN)),
                SerializerSample.of(FilterLoad.class, new FilterLoad(262_144, 70_000, 9)),
                SerializerSample.of(
                        ListDelta.class,
                        new ListDelta.Added(
                                1, ScoreSamples.TAGGED, NOON, true, new RecordPosition(2, 300)),
                        new ListDelta.Removed(
                                2, PATTERN, NOON, NOON + 1, new RecordPosition(2, 301)),
                        new ListDelta.RebuildStarted(3, 70_000),
                        new ListDelta.Relisted(4, -7),
                        new ListDelta.RebuildFinished(5)));
    }
}
