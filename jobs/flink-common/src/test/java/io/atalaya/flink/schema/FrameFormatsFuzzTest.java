package io.atalaya.flink.schema;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.format.FrameFormat;
import io.atalaya.contracts.camera.format.FrameMessages;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.schema.Payloads;
import io.atalaya.fuzzing.FuzzTarget;
import io.atalaya.fuzzing.FuzzTest;

import org.junit.jupiter.api.Tag;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Every format of camera frames; the native one through format detection. */
@Tag("attack")
class FrameFormatsFuzzTest extends FuzzTest {
    private static final byte[] KEY = "CAM-1".getBytes(StandardCharsets.UTF_8);

    /** With a grid, so that boxes in its units and in ONVIF's own are both read. */
    private static final BoxUnits UNITS = new BoxUnits(1920, 1080, 8191);

    @Override
    public List<FuzzTarget<?>> targets() {
        return List.of(
                target("frames-native", FrameFormat.AUTO, "native"),
                target(
                        "frames-onvif",
                        FrameFormat.ONVIF,
                        "onvif.*",
                        "onvif/vendor-samples",
                        "onvif/analytics-spec-samples"),
                target(
                        "frames-deepstream",
                        FrameFormat.DEEPSTREAM,
                        "deepstream.*|metropolis.*",
                        "deepstream",
                        "mdx"),
                target("frames-axis", FrameFormat.AXIS, "axis.*", "axis"));
    }

    private static FuzzTarget<List<CameraFrame>> target(
            String name, FrameFormat format, String messages, String... payloads) {
        return new FuzzTarget<>(
                name,
                message -> format.read(message, KEY, UNITS),
                InvalidRecordException.class,
                frames -> {
                    for (CameraFrame frame : frames) {
                        TopicCodec.CAMERA_FRAMES.verify(frame);
                    }
                },
                () -> {
                    List<byte[]> seeds = new ArrayList<>(Payloads.in(payloads));
                    FrameMessages.all().entrySet().stream()
                            .filter(message -> Pattern.matches(messages, message.getKey()))
                            .map(message -> message.getValue().getBytes(StandardCharsets.UTF_8))
                            .forEach(seeds::add);
                    if (format == FrameFormat.AUTO) {
                        seeds.addAll(TopicCodec.CAMERA_FRAMES.target().seeds().call());
                    }
                    return seeds;
                });
    }
}
