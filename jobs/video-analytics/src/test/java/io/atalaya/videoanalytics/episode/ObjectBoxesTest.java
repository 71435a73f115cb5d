package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.CameraEvidence.ObjectBox;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.videoanalytics.track.ObjectClass;
import io.atalaya.videoanalytics.track.Track;
import io.atalaya.videoanalytics.track.TrackManager;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectBoxesTest {
    private static final int MANY = 24;

    private final TrackManager tracks = new TrackManager(TrackManager.Settings.DEFAULT);
    private final ObjectBoxes boxes = new ObjectBoxes();

    /** Detects the people of these numbers and establishes their tracks. */
    private void detect(long time, String prefix, int from, int to) {
        List<DetectedObject> people =
                IntStream.range(from, to)
                        .mapToObj(
                                i ->
                                        new DetectedObject(
                                                prefix + i, "Human", 1, 0.04 * i, 0.5, 0.02, 0.06))
                        .toList();
        tracks.update(people, time, time);
        tracks.update(people, time + 100, time + 100);
    }

    private void putAll(long time) {
        tracks.all().stream().filter(track -> track.lastTime() >= time).forEach(boxes::put);
    }

    private List<String> ids() {
        return boxes.toEvidence().stream().map(ObjectBox::trackId).toList();
    }

    @Test
    void eachObjectHasItsLatestBoxClippedToTheImage() {
        detect(0, "p", 1, 2);
        putAll(0);
        List<DetectedObject> moved =
                List.of(new DetectedObject("p1", "Human", 1, 0.041, 0.97, 0.02, 0.06));
        tracks.update(moved, 1_500, 1_500);
        putAll(1_000);
        assertThat(boxes.toEvidence())
                .containsExactly(
                        new ObjectBox(
                                "p1",
                                CameraEvidence.ObjectClass.PERSON,
                                CameraEvidence.Region.clipped(
                                        0.041f, 0.97f, 0.041f + 0.02f, 0.97f + 0.06f),
                                1_500));
    }

    @Test
    void eachClassHasItsNameInTheEvidence() {
        assertThat(ObjectClass.values())
                .extracting(each -> each.toEvidence().name())
                .containsExactly("VEHICLE", "PERSON", "ITEM", "OTHER");
    }

    @Test
    void theOrderIsThatOfTheFirstDetection() {
        detect(0, "p", 1, 6);
        List<String> inOrder = tracks.all().stream().map(Track::id).toList();
        List.of(3, 0, 4, 2, 1).forEach(i -> boxes.put(tracks.all().get(i)));
        assertThat(ids()).isEqualTo(inOrder);
    }

    @Test
    void oneThatIsThereStaysAndOneThatLeftGivesWay() {
        detect(0, "p", 0, MANY);
        putAll(0);
        List<String> first = ids();
        assertThat(first).hasSize(CameraEvidence.MAX_BOXES);
        putAll(0);
        assertThat(ids()).as("all of them are seen now").isEqualTo(first);

        detect(1_000, "p", MANY - 1, MANY);
        putAll(1_000);
        assertThat(ids())
                .hasSize(CameraEvidence.MAX_BOXES)
                .contains("p" + (MANY - 1))
                .filteredOn(first::contains)
                .hasSize(CameraEvidence.MAX_BOXES - 1);
    }

    @Test
    void longIdsAreLeftOutBeyondTheBoundOfTheState() {
        detect(0, "p".repeat(60), 0, MANY);
        putAll(0);
        assertThat(ids()).hasSize(CameraEvidence.MAX_BOXES).filteredOn(Objects::nonNull).hasSize(4);
    }

    @Test
    void readsWhatItWrote() throws IOException {
        detect(0, "p".repeat(60), 0, 7);
        putAll(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        boxes.write(new DataOutputStream(bytes));
        ObjectBoxes read = new ObjectBoxes();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(read.toEvidence()).hasSize(7).isEqualTo(boxes.toEvidence());
    }
}
