package io.atalaya.contracts.plate.format;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class FormatDetectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NATIVE   | {\"readId\":\"data_type\"}",
                "NATIVE   | {\"vendor\":{\"data_type\":[\"carID\",\"}\"]},\"deviceId\":\"x\",\"data_type\":1}",
                "NATIVE   | {\"topic\":\"t\",\"uuid\":\"u\",\"plate\":\"A1\",\"readId\":\"x\"}",
                "NATIVE   | {\"country\":\"mx\",\"vehicle\":{},\"candidates\":[]}",
                "NATIVE   | {",
                "NATIVE   | {}",
                "NATIVE   | []",
                "NATIVE   | nothing",
                "OPENALPR | {\"country\":\"us\",\"vehicle\":{\"deviceId\":1},\"best_uuid\":\"A\"}",
                "OPENALPR | {\"a\\\"readId\":\"\\\\\",\"data_type\":\"heartbeat\"}",
                "AXIS     | { \"packetCounter\" : \"1\" }",
                "ONVIF    | {\"UtcTime\":\"2026\"}",
                "ONVIF    | {\"PTZ\":{}}",
                "ONVIF    | {\"Event\":[]}",
                "ONVIF    | \ufeff<Frame/>",
                "ONVIF    | <",
            })
    void fieldNamesIdentifyTheFormat(PlateFormat format, String message) {
        assertThat(FormatDetector.detect(message.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(format);
    }

    @Test
    void noMessageIsLeftToTheNativeReaderToReject() {
        assertThat(FormatDetector.detect(null)).isEqualTo(PlateFormat.NATIVE);
        assertThat(FormatDetector.detect(new byte[0])).isEqualTo(PlateFormat.NATIVE);
    }

    @Property
    void anyBytesHaveAFormat(@ForAll byte[] bytes) {
        byte[] inObject = new byte[bytes.length + 1];
        inObject[0] = '{';
        System.arraycopy(bytes, 0, inObject, 1, bytes.length);
        assertThat(FormatDetector.detect(bytes)).isNotNull().isNotEqualTo(PlateFormat.AUTO);
        assertThat(FormatDetector.detect(inObject)).isNotNull().isNotEqualTo(PlateFormat.AUTO);
    }
}
