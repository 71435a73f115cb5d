package io.atalaya.hotlistmatch.match;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.passage.PassageSamples;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.ScoreSamples;
import io.atalaya.testutils.SerializerSample;

import it.unimi.dsi.fastutil.longs.LongArrayList;

import java.util.List;

/**
 * Samples for the serializers of the match operator, with real bucket keys, because state is found
 * by them.
 */
public final class MatchSamples {
    private static final long NOON = SharedSamples.NOON;
    private static final MatchTarget LISTED = ScoreSamples.WITHOUT_TAG;

    private MatchSamples() {}

    public static List<SerializerSample<?>> samples() {
        LongArrayList listedKeys = new LongArrayList();
        BucketKeys.ofListed(LISTED.plate(), listedKeys::add);
        LongArrayList readKeys = new LongArrayList();
        long read = CanonicalPlate.pack("NKR-4B-16");
        BucketKeys.ofRead(CanonicalPlate.fold(read), readKeys::add);
        Probe probe = new Probe(readKeys.getLong(0), read, Probe.ANY, PassageSamples.ENRICHED_READ);
        EntryEvent.ReadMatched finding =
                new EntryEvent.ReadMatched(LISTED.entryId(), NOON, PassageSamples.ENRICHED_READ);
        OcrRequest ocrRequest = new OcrRequest(LISTED.plate(), 7, 0.5, "/9j/4AAQ", 90, -3.25);
        return List.of(
                SerializerSample.of(
                        BucketChange.class,
                        new BucketChange.Version(
                                listedKeys.getLong(0),
                                LISTED,
                                NOON,
                                BucketChange.IN_FORCE,
                                RecordPosition.UNKNOWN),
                        new BucketChange.Version(
                                -7,
                                ScoreSamples.TAGGED,
                                NOON,
                                NOON + 1,
                                new RecordPosition(2, 300)),
                        new BucketChange.Mark(17, 200_001)),
                SerializerSample.of(
                        Bucket.class,
                        Bucket.EMPTY
                                .with(LISTED, NOON)
                                .with(LISTED, NOON + 7)
                                .with(ScoreSamples.TAGGED, NOON)
                                .ended(LISTED, NOON, NOON + 7),
                        Bucket.EMPTY),
                SerializerSample.of(
                        Probe.class,
                        probe,
                        new Probe(-7, 0, 7, PassageSamples.ENRICHED_READ).with("/9j/4AAQ"),
                        new Probe(readKeys.getLong(1), read, Probe.ANY, PassageSamples.RETRACTION),
                        new Probe(-7, 0, 200_001, PassageSamples.TAGGED)),
                SerializerSample.of(
                        CandidateMatch.class,
                        new CandidateMatch(finding, ocrRequest),
                        new CandidateMatch(finding, null)),
                SerializerSample.of(
                        RecentProbes.class,
                        RecentProbes.NONE
                                .with(probe)
                                .with(new Probe(-7, 0, Probe.ANY, PassageSamples.TAGGED)),
                        RecentProbes.NONE));
    }
}
