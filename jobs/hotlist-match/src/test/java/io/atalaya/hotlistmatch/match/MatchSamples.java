package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.decide.CaseInput;
import io.atalaya.hotlistmatch.passage.PassageSamples;
import io.atalaya.hotlistmatch.score.Listed;
import io.atalaya.hotlistmatch.score.ScoreSamples;
import io.atalaya.hotlistmatch.secondopinion.Question;
import io.atalaya.jobtests.FormatSample;
import io.atalaya.plate.CanonicalPlate;

import it.unimi.dsi.fastutil.longs.LongArrayList;

import java.util.List;

/** Samples of the match's formats; their bucket keys are real ones, for state is found by them. */
public final class MatchSamples {
    private static final long NOON = SharedSamples.NOON;
    private static final Listed LISTED = ScoreSamples.WITHOUT_TAG;

    private MatchSamples() {}

    public static List<FormatSample<?>> samples() {
        LongArrayList listedKeys = new LongArrayList();
        BucketKeys.ofListed(LISTED.plate(), listedKeys::add);
        LongArrayList readKeys = new LongArrayList();
        long read = CanonicalPlate.pack("NKR-4B-16");
        BucketKeys.ofRead(CanonicalPlate.fold(read), readKeys::add);
        Probe probe = new Probe(readKeys.getLong(0), read, Probe.ANY, PassageSamples.SIGHTING);
        Probe withImage = new Probe(-7, 0, 7, PassageSamples.SIGHTING).with("/9j/4AAQ");
        BucketChange tagged =
                new BucketChange.Version(-7, ScoreSamples.TAGGED, NOON, BucketChange.IN_FORCE);
        CaseInput.Finding finding =
                new CaseInput.Finding(LISTED.entryId(), NOON, PassageSamples.SIGHTING);
        Question question = new Question(LISTED.plate(), "/9j/4AAQ", 90, -3.25);
        return List.of(
                FormatSample.<BucketChange>of(
                                BucketChangeFormat.INSTANCE,
                                new BucketChange.Version(
                                        listedKeys.getLong(0), LISTED, NOON, BucketChange.IN_FORCE),
                                new BucketChange.Version(
                                        listedKeys.getLong(1), LISTED, NOON, NOON + 1))
                        .then(List.of(tagged))
                        .then(List.of(tagged, new BucketChange.Mark(17, 200_001))),
                FormatSample.of(
                                BucketFormat.INSTANCE,
                                Bucket.EMPTY
                                        .with(LISTED, NOON)
                                        .with(LISTED, NOON + 7)
                                        .ended(LISTED, NOON, NOON + 7),
                                Bucket.EMPTY)
                        .then(List.of(Bucket.EMPTY.with(ScoreSamples.TAGGED, NOON))),
                FormatSample.of(
                                ProbeFormat.INSTANCE,
                                probe,
                                new Probe(
                                        readKeys.getLong(1), read, Probe.ANY, PassageSamples.GONE))
                        .then(List.of(probe, new Probe(-7, 0, Probe.ANY, PassageSamples.TAGGED)))
                        .then(
                                List.of(
                                        probe,
                                        new Probe(-7, 0, Probe.ANY, PassageSamples.TOLD_TWICE)))
                        .then(List.of(new Probe(-7, 0, 200_001, PassageSamples.TOLD_TWICE), probe))
                        .then(List.of(withImage, probe))
                        .then(List.of(withImage, probe))
                        .then(List.of(withImage, probe)),
                FormatSample.of(
                                MeetingFormat.INSTANCE,
                                new Meeting(finding, question),
                                new Meeting(finding, null))
                        .then(List.of(new Meeting(finding, question), new Meeting(finding, null))),
                FormatSample.of(RecentFormat.INSTANCE, Recent.NONE.with(probe), Recent.NONE)
                        .then(List.of(Recent.NONE.with(probe)))
                        .then(
                                List.of(
                                        Recent.NONE.with(
                                                new Probe(
                                                        -7,
                                                        0,
                                                        Probe.ANY,
                                                        PassageSamples.TOLD_TWICE))))
                        .then(List.of(Recent.NONE.with(probe))));
    }
}
