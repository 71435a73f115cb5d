package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.PassageEvent;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

import java.util.ArrayList;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/**
 * A vehicle passes a device: its plate reads, revisions and tag. Times are in ms.
 *
 * @param lane or null
 * @param time device time, since noon
 * @param lag until the read arrives
 * @param texts of the read and of its revisions, indexes of {@link #TEXTS}
 * @param pause before each revision
 * @param withdrawn the last read is withdrawn
 * @param tag or null
 */
public record PassageStory(
        int device,
        Integer lane,
        int time,
        int lag,
        List<Integer> texts,
        int pause,
        boolean withdrawn,
        Tag tag) {
    public static final List<String> DEVICES = List.of("ARCO-1", "ARCO-2");

    /** The first two and the last two are one edit apart, so a tag may name either. */
    public static final List<String> TEXTS =
            List.of("LXF0019", "LXF0B19", "NKR4816", "PAM612K", "PAM61ZK");

    /**
     * The tag that was read beside the plate.
     *
     * @param registered index of the plate that it is registered for, or null
     * @param after time since the plate's time
     * @param lag until it arrives
     */
    public record Tag(Integer registered, int after, int lag) {}

    /** Any story; jqwik shrinks to simpler ones. */
    public static Arbitrary<PassageStory> any() {
        Arbitrary<Integer> texts = Arbitraries.integers().between(0, TEXTS.size() - 1);
        Arbitrary<Integer> lags = Arbitraries.of(60, 60, 700, 9_000);
        Arbitrary<Tag> tags =
                Combinators.combine(
                                texts.injectNull(0.1),
                                Arbitraries.integers().between(-16, 16).map(t -> t * 100),
                                lags)
                        .as(Tag::new);
        return Combinators.combine(
                        Arbitraries.integers().between(0, DEVICES.size() - 1),
                        Arbitraries.integers().between(0, 2).injectNull(0.1),
                        Arbitraries.integers().between(0, 120).map(t -> t * 100),
                        lags,
                        texts.list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.of(100, 1_500, 6_000),
                        Arbitraries.of(false, false, false, true),
                        tags.injectNull(0.2))
                .as(PassageStory::new);
    }

    /** The same vehicle some time later at the other device. */
    public PassageStory atTheOtherArch(int after) {
        return new PassageStory(1 - device, lane, time + after, lag, texts, pause, withdrawn, tag);
    }

    /** The messages of the device; plates and tags are each in order of arrival. */
    public List<DeviceRead> messages(String suffix) {
        List<DeviceRead> messages = new ArrayList<>();
        long arrival = NOON + time + lag;
        String last = null;
        for (int i = 0; i < texts.size(); i++) {
            String readId = "R" + suffix + (i == 0 ? "" : "." + i);
            messages.add(read(readId, TEXTS.get(texts.get(i)), last, false, arrival));
            last = readId;
            arrival += pause;
        }
        if (withdrawn) {
            messages.add(read(last, null, null, true, arrival));
        }
        if (tag != null) {
            messages.add(tag(suffix));
        }
        return messages;
    }

    private EnrichedTagRead tag(String suffix) {
        long read = NOON + time + tag.after();
        return new EnrichedTagRead(
                read + tag.lag(),
                false,
                new RfidRead(
                        "T" + suffix,
                        DEVICES.get(device),
                        lane,
                        read,
                        "REP" + suffix,
                        tag.registered() == null ? null : TEXTS.get(tag.registered()),
                        null),
                RecordPosition.UNKNOWN);
    }

    private EnrichedRead read(
            String readId, String text, String supersedes, boolean isRetracted, long arrival) {
        String deviceId = DEVICES.get(device);
        return new EnrichedRead(
                PassageEvent.key(deviceId, readId),
                arrival,
                false,
                TestRecords.read(
                        deviceId,
                        lane,
                        readId,
                        NOON + time,
                        text,
                        isRetracted ? 0 : 0.95,
                        List.of(),
                        "MX",
                        null,
                        supersedes,
                        isRetracted));
    }
}
