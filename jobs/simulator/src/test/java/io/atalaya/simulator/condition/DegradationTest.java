package io.atalaya.simulator.condition;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class DegradationTest {
    private static final long START = 1_772_542_800_000L;

    private static CityOptions options(String conditions) {
        return CityOptions.defaults(3, START)
                .withMinutes(10)
                .withReadsPerSecond(5)
                .withHotlistSize(0)
                .withCameras(new CameraPlan(1, 0, 2, 10, 20))
                .withConditions(Conditions.parse(conditions));
    }

    private static List<TopicRecord> records(City city, String topic) {
        List<TopicRecord> records = new ArrayList<>();
        city.forEachRemaining(
                record -> {
                    if (record.topic().equals(topic)) {
                        records.add(record);
                    }
                });
        return records;
    }

    private static List<CameraFrame> frames(String conditions) throws InvalidRecordException {
        List<CameraFrame> frames = new ArrayList<>();
        for (TopicRecord each :
                records(SampleCity.generate(options(conditions)), Topics.CAMERA_FRAMES)) {
            frames.add(CameraFrameCodec.read(each.value()));
        }
        return frames;
    }

    private static double objects(List<CameraFrame> frames) {
        return frames.stream().mapToInt(frame -> frame.objects().size()).sum();
    }

    @Test
    void theSameSeedDegradesInTheSameWay() throws InvalidRecordException {
        assertThat(frames("night+rain")).isEqualTo(frames("night+rain"));
        assertThat(frames("night+rain")).isNotEqualTo(frames("night"));
    }

    @Test
    void aDetectorMissesWhatItsConditionSays() throws InvalidRecordException {
        double clear = objects(frames("clear"));
        assertThat(objects(frames("wind")) / clear).isEqualTo(0.97, within(0.03));
        assertThat(objects(frames("night")) / clear).isBetween(0.75, 0.9);
    }

    @Test
    void aDayCanBecomeAnother() throws InvalidRecordException {
        List<CameraFrame> clear = frames("clear");
        List<CameraFrame> changing = frames("clear:rain");
        int half = clear.size() / 3;
        assertThat(changing.subList(0, half)).isEqualTo(clear.subList(0, half));
        List<CameraFrame> late = changing.subList(clear.size() * 2 / 3, clear.size());
        assertThat(late).isNotEqualTo(clear.subList(clear.size() * 2 / 3, clear.size()));
    }

    @Test
    void aFrozenImageStaysFrozen() {
        CameraDegradation camera =
                new CameraDegradation(Conditions.parse("rain+wind"), new SeededRandom(1));
        List<DetectedObject> objects =
                List.of(
                        new DetectedObject("1", "Car", 0.9, 0.1, 0.1, 0.1, 0.1),
                        new DetectedObject("2", "Car", 0.9, 0.5, 0.5, 0.1, 0.1));
        Set<List<DetectedObject>> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(
                    camera.degrade(new CameraFrame("C", START + i * 500L, null, objects))
                            .objects());
        }
        assertThat(seen).hasSize(1);
    }

    @Test
    void theTruthKnowsTheNewIdsAndTexts() throws InvalidRecordException {
        City city = SampleCity.generate(options("poor-tracker+crowded"));
        List<TopicRecord> reads = records(city, Topics.PLATE_READS);
        GroundTruth truth = city.truth();
        assertThat(truth.cameraEpisodes())
                .anyMatch(
                        episode -> episode.trackIds().stream().anyMatch(id -> id.startsWith("x")));
        Set<String> texts = new HashSet<>();
        for (TopicRecord each : reads) {
            PlateRead read = PlateReadCodec.read(each.value());
            texts.add(read.readId() + read.plate());
        }
        assertThat(truth.passages())
                .isNotEmpty()
                .allMatch(passage -> texts.contains(passage.readId() + passage.read()));
        double exact = share(truth);
        City clear = SampleCity.generate(options("clear"));
        clear.forEachRemaining(each -> {});
        assertThat(exact / share(clear.truth())).isEqualTo(0.95, within(0.02));
    }

    private static double share(GroundTruth truth) {
        return truth.passages().stream().filter(each -> each.readClass().equals("exact")).count()
                / (double) truth.passages().size();
    }

    @Test
    void anUnknownConditionIsNamed() {
        assertThatThrownBy(() -> Conditions.parse("clear:fog"))
                .hasMessageContaining("condition: got \"fog\", expected clear, night, rain");
    }
}
