package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.event.CaseInput;
import io.atalaya.hotlistmatch.event.CaseInputSerializer;
import io.atalaya.hotlistmatch.passage.PassageSamples;
import io.atalaya.hotlistmatch.registry.RegistrySamples;
import io.atalaya.testutils.SerializerSample;

import java.util.List;

/** Samples of the decision's formats. */
public final class DecideSamples {
    private static final long NOON = SharedSamples.NOON;

    private DecideSamples() {}

    public static List<SerializerSample<?>> samples() {
        String entryId = SharedSamples.FULL_ENTRY.entryId();
        CaseInput.Started started = new CaseInput.Started(RegistrySamples.VERSION);
        CaseInput.Ended ended =
                new CaseInput.Ended(entryId, NOON, NOON + 60, true, new RecordPosition(2, 300));
        return List.of(
                SerializerSample.of(
                        CaseInputSerializer.INSTANCE,
                        new CaseInput.Finding(entryId, NOON, PassageSamples.SIGHTING),
                        new CaseInput.Finding(entryId, NOON, PassageSamples.WITH_OPINION),
                        new CaseInput.Finding(entryId, NOON, PassageSamples.GONE),
                        new CaseInput.Finding(entryId, NOON, PassageSamples.TAGGED),
                        started,
                        ended),
                SerializerSample.of(
                        EntryCaseSerializer.INSTANCE,
                        entryCase(started, ended).told(),
                        EntryCase.EMPTY));
    }

    private static EntryCase entryCase(CaseInput.Started started, CaseInput.Ended ended) {
        // One emitted alert: a map of more has no order to write by.
        return forgetful(
                        EntryCase.EMPTY
                                .with(started)
                                .with(ended)
                                .with(new CaseInput.Started(RegistrySamples.PATTERN_VERSION))
                                .with(PassageSamples.SIGHTING)
                                .with(PassageSamples.GONE))
                .with(PassageSamples.WITH_OPINION)
                .with(PassageSamples.TAGGED)
                .with(PassageSamples.TAG_GONE)
                .withEmitted(PassageSamples.GONE.passageId(), new Emitted(4, 3, true, -7));
    }

    /** One passage has been revised more often than is kept. */
    private static EntryCase forgetful(EntryCase entryCase) {
        Passage passage = entryCase.passages().get(0);
        return new EntryCase(
                entryCase.spans(),
                List.of(new Passage(passage.id(), passage.reads(), passage.gone(), List.of(), 300)),
                entryCase.emitted(),
                false);
    }
}
