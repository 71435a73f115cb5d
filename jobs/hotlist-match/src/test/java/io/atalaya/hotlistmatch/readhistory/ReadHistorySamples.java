package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.SharedSamples;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;
import io.atalaya.hotlistmatch.passage.PassageSamples;
import io.atalaya.hotlistmatch.score.ScoreSamples;
import io.atalaya.testutils.SerializerSample;

import it.unimi.dsi.fastutil.longs.LongList;

import java.util.BitSet;
import java.util.List;

/** Samples for the serializers of the read history. */
public final class ReadHistorySamples {
    private static final long PLATE = CanonicalPlate.pack("NKR-4B-16");

    private static final BitSet EVICTION = BitSet.valueOf(new long[] {2});

    private ReadHistorySamples() {}

    public static List<SerializerSample<?>> samples() {
        return List.of(
                SerializerSample.of(
                        PastReadQueue.PastReadQuery.class,
                        new PastReadQueue.PastReadQuery(
                                0,
                                ScoreSamples.TAGGED,
                                SharedSamples.NOON,
                                SharedSamples.NOON,
                                new RecordPosition(2, 300)),
                        new PastReadQueue.PastReadQuery(
                                0,
                                ScoreSamples.WITHOUT_TAG,
                                SharedSamples.NOON,
                                0,
                                RecordPosition.UNKNOWN)),
                SerializerSample.of(
                        BlockKeys.class,
                        new BlockKeys(SharedSamples.NOON, LongList.of(PLATE, -7, PLATE), EVICTION),
                        new BlockKeys(0, LongList.of(), new BitSet())),
                SerializerSample.of(
                        RoutedEvent.class,
                        new RoutedEvent.ByPlate(
                                CanonicalPlate.fold(PLATE),
                                PLATE,
                                false,
                                SerializedEvent.of(PassageSamples.ENRICHED_READ)),
                        new RoutedEvent.ByPlate(-7, 0, PassageSamples.TAG_GONE),
                        new RoutedEvent.Progress(17, 3, 200_001)));
    }
}
