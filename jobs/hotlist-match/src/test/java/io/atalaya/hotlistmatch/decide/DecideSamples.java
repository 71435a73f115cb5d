package io.atalaya.hotlistmatch.decide;

import io.atalaya.hotlistmatch.FormatSample;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.passage.PassageSamples;
import io.atalaya.hotlistmatch.registry.RegistrySamples;

import java.util.List;

/** Samples of the decision's formats. */
public final class DecideSamples {
    private static final long NOON = SharedSamples.NOON;

    private DecideSamples() {}

    public static List<FormatSample<?>> samples() {
        String entryId = SharedSamples.FULL_ENTRY.entryId();
        CaseInput.Started started = new CaseInput.Started(RegistrySamples.VERSION);
        CaseInput.Ended ended = new CaseInput.Ended(entryId, NOON, NOON + 60, true);
        // One emitted alert: a map of more has no order to write by.
        EntryCase entryCase =
                EntryCase.EMPTY
                        .with(started)
                        .with(ended)
                        .with(new CaseInput.Started(RegistrySamples.PATTERN_VERSION))
                        .with(PassageSamples.SIGHTING)
                        .with(PassageSamples.GONE)
                        .withEmitted(PassageSamples.GONE.passageId(), new Emitted(3, true));
        return List.of(
                FormatSample.<CaseInput>of(
                                CaseInputFormat.INSTANCE,
                                new CaseInput.Finding(entryId, NOON, PassageSamples.SIGHTING),
                                new CaseInput.Finding(entryId, NOON, PassageSamples.GONE),
                                started,
                                ended)
                        .then(
                                List.of(
                                        new CaseInput.Finding(entryId, NOON, PassageSamples.TAGGED),
                                        started,
                                        ended)),
                FormatSample.of(EntryCaseFormat.INSTANCE, entryCase, EntryCase.EMPTY)
                        .then(List.of(entryCase.with(PassageSamples.TAGGED))));
    }
}
