package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.alerting.EntryState.LastEmission;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.passage.PassageSamples;
import io.atalaya.hotlistmatch.registry.RegistrySamples;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

/** Samples for the serializers of the alert function. */
public final class AlertingSamples {
    private static final long NOON = SharedSamples.NOON;

    private AlertingSamples() {}

    public static List<SerializerSample<?>> samples() {
        String entryId = SharedSamples.FULL_ENTRY.entryId();
        EntryEvent.VersionStarted started = new EntryEvent.VersionStarted(RegistrySamples.VERSION);
        EntryEvent.VersionEnded ended =
                new EntryEvent.VersionEnded(
                        entryId, NOON, NOON + 60, true, new RecordPosition(2, 300));
        return List.of(
                SerializerSample.of(
                        EntryEvent.class,
                        new EntryEvent.ReadMatched(entryId, NOON, PassageSamples.ENRICHED_READ),
                        new EntryEvent.ReadMatched(entryId, NOON, PassageSamples.WITH_OCR_RESULT),
                        new EntryEvent.ReadMatched(entryId, NOON, PassageSamples.RETRACTION),
                        new EntryEvent.ReadMatched(entryId, NOON, PassageSamples.TAGGED),
                        started,
                        ended),
                SerializerSample.of(
                        EntryState.class,
                        entryState(started, ended),
                        EntryState.EMPTY,
                        entryState(started, ended).withoutChanges()));
    }

    private static EntryState entryState(
            EntryEvent.VersionStarted started, EntryEvent.VersionEnded ended) {
        // One emitted alert only, because the order of a larger map is undefined.
        return EntryState.EMPTY
                .with(started)
                .with(ended)
                .with(new EntryEvent.VersionStarted(RegistrySamples.PATTERN_VERSION))
                .with(PassageSamples.ENRICHED_READ)
                .with(PassageSamples.RETRACTION)
                .with(PassageSamples.WITH_OCR_RESULT)
                .with(PassageSamples.TAGGED)
                .with(PassageSamples.TAG_GONE)
                .withEmitted(
                        PassageSamples.RETRACTION.passageId(),
                        new LastEmission(4, true, false, true, -7));
    }
}
