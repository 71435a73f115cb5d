package io.atalaya.hotlistmatch.decide;

import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.passage.PassageSamples;
import io.atalaya.hotlistmatch.registry.RegistrySamples;
import io.atalaya.jobtests.FormatSample;

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
                        .withEmitted(PassageSamples.GONE.passageId(), new Emitted(3, 3, true, 0));
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
                                        ended))
                        .then(
                                List.of(
                                        new CaseInput.Finding(
                                                entryId, NOON, PassageSamples.TOLD_TWICE),
                                        started,
                                        ended))
                        .then(
                                List.of(
                                        new CaseInput.Finding(
                                                entryId, NOON, PassageSamples.WITH_OPINION),
                                        started,
                                        ended))
                        .then(
                                List.of(
                                        new CaseInput.Finding(
                                                entryId, NOON, PassageSamples.WITH_OPINION),
                                        started,
                                        ended)),
                FormatSample.of(EntryCaseFormat.INSTANCE, entryCase, EntryCase.EMPTY)
                        .then(List.of(entryCase.with(PassageSamples.TAGGED).told()))
                        .then(List.of(forgetful(entryCase)))
                        .then(
                                List.of(
                                        forgetful(entryCase)
                                                .with(PassageSamples.TOLD_TWICE)
                                                .with(PassageSamples.TAG_GONE)
                                                .withEmitted(
                                                        PassageSamples.GONE.passageId(),
                                                        new Emitted(4, 3, false, -7))))
                        .then(
                                List.of(
                                        forgetful(entryCase)
                                                .with(PassageSamples.WITH_OPINION)
                                                .with(PassageSamples.TAG_GONE)))
                        .then(
                                List.of(
                                        forgetful(entryCase)
                                                .with(PassageSamples.WITH_OPINION)
                                                .with(PassageSamples.TAG_GONE))));
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
