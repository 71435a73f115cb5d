package io.atalaya.contracts.camera.format;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class FrameFormatDetectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NATIVE     | {\"sensorId\":\"x\",\"frame\":{},\"deviceId\":\"x\"}",
                "NATIVE     | {\"objects\":[],\"timestamp\":1,\"id\":2}",
                "NATIVE     | {\"time\":1,\"sensorId\":\"x\"}",
                "NATIVE     | {\"vendor\":{\"sensorId\":[\"frame\",\"}\"]}}",
                "NATIVE     | {}",
                "NATIVE     | nothing",
                "DEEPSTREAM | {\"version\":\"4.0\",\"id\":1,\"@timestamp\":\"t\"}",
                "DEEPSTREAM | {\"objects\":[{\"deviceId\":1}],\"sensorId\":\"x\"}",
                "DEEPSTREAM | {\"tripwireEvents\":[{\"deviceId\":1}]}",
                "DEEPSTREAM | {\"alerts\":[]}",
                "AXIS       | {\"frame\":{}}",
                "AXIS       | {\"timestamp\":\"t\",\"channel_id\":1}",
                "ONVIF      | {\"Frame\":[]}",
                "ONVIF      | \ufeff<Frame/>",
            })
    void fieldNamesIdentifyTheFormat(FrameFormat format, String message) {
        assertThat(FrameFormatDetector.detect(message.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(format);
    }

    @Test
    void ourOwnSamplesAreKnown() {
        FrameMessages.all()
                .forEach(
                        (name, message) ->
                                assertThat(
                                                FrameFormatDetector.detect(
                                                                message.getBytes(
                                                                        StandardCharsets.UTF_8))
                                                        .name())
                                        .as(name)
                                        .isEqualTo(
                                                name.split(" ")[0].equals("metropolis")
                                                        ? "DEEPSTREAM"
                                                        : name.split(" ")[0].toUpperCase()));
    }

    @Property
    void anyBytesHaveAFormat(@ForAll byte[] bytes) {
        byte[] inObject = new byte[bytes.length + 1];
        inObject[0] = '{';
        System.arraycopy(bytes, 0, inObject, 1, bytes.length);
        assertThat(FrameFormatDetector.detect(bytes)).isNotNull().isNotEqualTo(FrameFormat.AUTO);
        assertThat(FrameFormatDetector.detect(inObject)).isNotNull().isNotEqualTo(FrameFormat.AUTO);
    }
}
