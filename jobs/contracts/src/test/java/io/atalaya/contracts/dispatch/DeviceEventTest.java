package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.InvalidRecordException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeviceEventTest {
    private static final String WHOLE =
            "{\"eventId\":\"E\",\"deviceId\":\"B\",\"kind\":\"PRESS\",\"time\":1,"
                    + "\"place\":{\"latitude\":19.3,\"longitude\":-99.6,\"radiusMetres\":20},"
                    + "\"openingHours\":[{\"dayOfWeek\":[\"MONDAY\"],\"opens\":\"07:00\",\"closes\":\"14:30\"}]}";

    @Provide
    Arbitrary<DeviceEvent> events() {
        return DispatchArbitraries.deviceEvents();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("events") DeviceEvent event)
            throws InvalidRecordException {
        assertThat(DeviceEvent.CODEC.read(DeviceEvent.CODEC.write(event))).isEqualTo(event);
    }

    @Property
    void aPlaceIsUsableOrMissingForAReason(@ForAll("events") DeviceEvent event) {
        assertThat(Place.whyNone(event.place(), null)).isNull();
        assertThat(event.place() == null || event.noPlace() == null).isTrue();
    }

    /** A help call must not be lost for its coordinates. */
    @ParameterizedTest
    @CsvSource({
        "0,0,20,NULL_ISLAND",
        "0.0001,-0.0001,20,NULL_ISLAND",
        "0,-99.6,20,",
        "90.5,-99.6,20,OUT_OF_RANGE",
        "19.3,-180.5,20,OUT_OF_RANGE",
        "19.3,-99.6,100000,",
        "19.3,-99.6,100000.5,TOO_UNCERTAIN",
        "1e30,1e30,1e30,OUT_OF_RANGE",
    })
    void acceptsAPressWithoutAUsablePlace(
            String latitude, String longitude, String radius, Place.Unknown reason)
            throws InvalidRecordException {
        String json =
                WHOLE.replace(":19.3", ":" + latitude)
                        .replace("-99.6", longitude)
                        .replace(":20", ":" + radius);
        DeviceEvent event = read(json);
        assertThat(event.noPlace()).isEqualTo(reason);
        assertThat(event.place() == null).isEqualTo(reason != null);
    }

    @Test
    void aPlaceThatTheSenderDoubtsIsNone() throws InvalidRecordException {
        DeviceEvent event = read(WHOLE.replace("{\"e", "{\"noPlace\":\"DEFAULT_MARKER\",\"e"));
        assertThat(event.place()).isNull();
        assertThat(event.noPlace()).isEqualTo(Place.Unknown.DEFAULT_MARKER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"eventId\":\"E\"|\"eventId\":\"\"|eventId",
                "\"deviceId\":\"B\"|\"deviceId\":null|deviceId",
                "\"PRESS\"|\"press\"|kind",
                "\"time\":1|\"time\":null|time",
                "\"time\":1|\"time\":1,\"codeAccepted\":\"1234\"|codeAccepted",
                "\"radiusMetres\":20|\"radius\":20|place.radiusMetres",
                "\"radiusMetres\":20|\"radiusMetres\":-1|place.radiusMetres",
                "19.3|\"19.3\"|place.latitude",
                "19.3|1e999|place.latitude",
                "\"MONDAY\"|\"Lunes\"|openingHours[0].dayOfWeek[0]",
                "\"07:00\"|\"7:00\"|openingHours[0].opens",
                "\"14:30\"|\"24:00\"|openingHours[0].closes",
                "\"time\":1|\"time\":1,\"premises\":\"HOME\"|premises",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        assertThatThrownBy(() -> read(WHOLE.replace(part, instead)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    private static DeviceEvent read(String json) throws InvalidRecordException {
        return DeviceEvent.CODEC.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
