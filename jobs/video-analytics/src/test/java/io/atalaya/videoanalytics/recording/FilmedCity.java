package io.atalaya.videoanalytics.recording;

import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;

import java.util.function.Consumer;

/** The sample city's cameras, simulated while they are analyzed; no frames are stored. */
public final class FilmedCity {
    private final City city;

    /**
     * @param start epoch ms
     */
    public FilmedCity(long seed, long start, CameraPlan plan) {
        city =
                SampleCity.generate(
                        CityOptions.defaults(seed, start)
                                .withMinutes(1)
                                .withReadsPerSecond(0.1)
                                .withHotlistSize(0)
                                .withScenariosPerMinute(0)
                                .withCameras(plan));
    }

    /** Passes on every frame, in order of arrival. */
    public void film(Consumer<Arrived> to) throws InvalidRecordException {
        while (city.hasNext()) {
            TopicRecord record = city.next();
            if (record.topic().equals(Topics.CAMERA_FRAMES)) {
                to.accept(new Arrived(CameraFrameCodec.read(record.value()), record.timestamp()));
            }
        }
    }

    /** The ground truth, once all frames have been passed on. */
    public GroundTruth truth() {
        return city.truth();
    }
}
