package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class FrameAssemblerTest {
    private final FrameAssembler parts = new FrameAssembler();

    private static CameraFrame part(long time, Long number, String... ids) {
        return new CameraFrame("C", time, number, objects(ids), true, List.of());
    }

    private static List<DetectedObject> objects(String... ids) {
        return List.of(ids).stream()
                .map(id -> new DetectedObject(id, "Car", 1, 0.1, 0.1, 0.1, 0.1))
                .toList();
    }

    private static CameraFrame whole(long time, Long number, String... ids) {
        return new CameraFrame("C", time, number, objects(ids));
    }

    @Test
    void aWholeFramePassesAsItIs() {
        CameraFrame frame = whole(1000, null, "1");
        assertThat(parts.add(frame)).isSameAs(frame);
    }

    @Test
    void whatIsNearlyAtOnceIsOneFrame() {
        assertThat(parts.add(part(1000, null, "1"))).isNull();
        assertThat(parts.add(part(1100, null, "2"))).isNull();
        assertThat(parts.add(part(960, null, "3"))).isNull();
        assertThat(parts.add(part(1101, null, "4"))).isEqualTo(whole(1000, null, "1", "2", "3"));
        assertThat(parts.add(part(1202, null, "4"))).isEqualTo(whole(1101, null, "4"));
    }

    @Test
    void anIdThatComesAgainBeginsTheNextFrame() {
        parts.add(part(1000, null, "1"));
        parts.add(part(1001, null, "2"));
        assertThat(parts.add(part(1033, null, "1"))).isEqualTo(whole(1000, null, "1", "2"));
    }

    @Test
    void frameIdsSeparateFrames() {
        parts.add(part(1000, 1L, "1"));
        assertThat(parts.add(part(2000, 1L, "2"))).isNull();
        assertThat(parts.add(part(2000, 2L, "3"))).isEqualTo(whole(1000, 1L, "1", "2"));
    }

    @Test
    void whatIsLateIsDroppedUnlessTheClockJumped() {
        parts.add(part(100_000, null, "1"));
        assertThat(parts.add(part(95_000, null, "2"))).isNull();
        assertThat(parts.add(part(94_999, null, "3"))).isEqualTo(whole(100_000, null, "1"));
        assertThat(parts.add(part(96_000, null, "4"))).isEqualTo(whole(94_999, null, "3"));
    }

    @Test
    void anEndlessFrameIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            parts.add(part(1000, 1L, String.valueOf(i)));
        }
        assertThat(parts.add(part(1000, 2L, "x")).objects()).hasSize(256);
    }
}
