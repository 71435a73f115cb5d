package io.atalaya.videoanalytics;

import io.atalaya.alert.AlertFormat;
import io.atalaya.device.DeviceHistoryFormat;
import io.atalaya.jobtests.FormatSample;
import io.atalaya.jobtests.GoldenFormats;
import io.atalaya.serde.BinaryFormat;
import io.atalaya.videoanalytics.anomaly.AnomalySamples;
import io.atalaya.videoanalytics.anomaly.ModelSamples;
import io.atalaya.videoanalytics.camera.CameraSamples;
import io.atalaya.videoanalytics.camera.CameraWatch;
import io.atalaya.videoanalytics.camera.FrameSamples;
import io.atalaya.videoanalytics.outage.OutageSamples;

import java.util.List;
import java.util.stream.Stream;

class FormatsGoldenTest extends GoldenFormats {
    FormatsGoldenTest() {
        super(
                "jobs/video-analytics",
                all(),
                name ->
                        name.startsWith("io.atalaya.videoanalytics")
                                || name.equals("io.atalaya.camera"));
    }

    static List<FormatSample<?>> all() {
        return Stream.of(
                        ofState(),
                        FrameSamples.samples(),
                        AnomalySamples.samples(),
                        ModelSamples.ofEdges())
                .<FormatSample<?>>flatMap(List::stream)
                .toList();
    }

    /** Those that a savepoint is made of. */
    static List<FormatSample<?>> ofState() {
        return Stream.of(
                        CameraSamples.samples(),
                        OutageSamples.samples(),
                        AnomalySamples.ofState(),
                        ModelSamples.samples())
                .<FormatSample<?>>flatMap(List::stream)
                .toList();
    }

    /** What a savepoint made now is made of. */
    static List<String> ofToday() {
        Stream<BinaryFormat<?>> own = ofState().stream().map(FormatSample::format);
        Stream<BinaryFormat<?>> shared =
                Stream.of(DeviceHistoryFormat.INSTANCE, AlertFormat.INSTANCE);
        Stream<String> formats =
                Stream.concat(own, shared)
                        .map(each -> each.getClass().getSimpleName() + " " + each.version());
        // What it holds is a format of its own.
        return Stream.concat(formats, Stream.of("CameraWatch " + CameraWatch.FORMAT))
                .sorted()
                .toList();
    }
}
