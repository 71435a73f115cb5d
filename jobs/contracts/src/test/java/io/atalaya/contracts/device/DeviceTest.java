package io.atalaya.contracts.device;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateArbitraries;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeviceTest {

    @Provide
    Arbitrary<Device> devices() {
        Arbitrary<String> name =
                PlateArbitraries.text(1, 128).filter(text -> !text.isBlank()).injectNull(0.3);
        return Combinators.combine(
                        PlateArbitraries.text(1, 128),
                        Arbitraries.of(Device.Kind.class),
                        name,
                        Arbitraries.doubles().between(-90, 90).ofScale(8).injectNull(0.2),
                        Arbitraries.doubles().between(-180, 180).ofScale(8).injectNull(0.2),
                        Arbitraries.doubles().between(-360, 360).ofScale(3).injectNull(0.2),
                        PlateArbitraries.lanes().injectNull(0.2),
                        Arbitraries.doubles().between(0, 1000).ofScale(3).injectNull(0.2))
                .as(
                        (id, kind, site, latitude, longitude, heading, lanes, fps) ->
                                new Device(
                                        id,
                                        kind,
                                        site,
                                        site,
                                        latitude,
                                        longitude,
                                        heading,
                                        lanes,
                                        fps,
                                        site == null ? null : "America/Mexico_City"));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("devices") Device device) throws InvalidRecordException {
        assertThat(Device.CODEC.read(Device.CODEC.write(device))).isEqualTo(device);
    }

    @Test
    void zonesAreReadAndThoseOfOthersPassedOver() throws InvalidRecordException {
        String json =
                "{\"deviceId\":\"A\",\"kind\":\"CAMERA\",\"zones\":["
                        + "{\"zoneId\":\"reja\",\"kind\":\"LINE\",\"polygon\":[[0,0.8],[1,0.75]]},"
                        + "{\"zoneId\":\"calle\",\"kind\":\"ROAD\",\"polygon\":[]}]}";
        Device device = Device.CODEC.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(device.zones())
                .containsExactly(
                        new Zone(
                                "reja",
                                Zone.Kind.LINE,
                                List.of(new Zone.Point(0, 0.8f), new Zone.Point(1, 0.75f))));
        assertThat(Device.CODEC.read(Device.CODEC.write(device))).isEqualTo(device);
    }

    /** Zones of other systems may have the same id and any shape. */
    @Test
    void anIdCountsOnceAmongTheZonesThatAreWatched() throws InvalidRecordException {
        String json =
                "{\"deviceId\":\"A\",\"kind\":\"CAMERA\",\"zones\":["
                        + "{\"zoneId\":\"Z\",\"kind\":\"ROAD\",\"polygon\":[[0,0],[0,0]]},"
                        + "{\"zoneId\":\"Z\",\"kind\":\"LINE\",\"polygon\":[[0,0],[1,1]]}]}";
        assertThat(Device.CODEC.read(json.getBytes(StandardCharsets.UTF_8)).zones()).hasSize(1);
    }

    @Test
    void aBlankNameIsNone() throws InvalidRecordException {
        String json =
                "{\"deviceId\":\"A\",\"kind\":\"ARCH\",\"site\":\"\",\"municipality\":\" \",\"timezone\":\"\"}";
        Device device = Device.CODEC.read(json.getBytes(StandardCharsets.UTF_8));
        assertThat(device.site()).isNull();
        assertThat(device.municipality()).isNull();
        assertThat(device.timezone()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"kind\":\"ARCH\"}|deviceId",
                "{\"deviceId\":\"A\"}|kind",
                "{\"deviceId\":\"A\",\"kind\":\"arch\"}|kind",
                "{\"deviceId\":\"A\",\"kind\":\"ARCH\",\"latitude\":90.1}|latitude",
                "{\"deviceId\":\"A\",\"kind\":\"ARCH\",\"longitude\":\"-99\"}|longitude",
                "{\"deviceId\":\"A\",\"kind\":\"ARCH\",\"lanes\":-1}|lanes",
                "{\"deviceId\":\"A\",\"kind\":\"ARCH\",\"timezone\":\"America/Toluca\"}|timezone",
                "{\"deviceId\":\"A\",\"kind\":\"ARCH\",\"zones\":[{\"polygon\":[[0,0],[|zones[0].polygon[1]",
                "{\"deviceId\":\"A\",\"kind\":\"CAMERA\",\"zones\":[{\"zoneId\":\"Z\",\"kind\":\"LINE\"}]}|zones[0].polygon",
                "{\"deviceId\":\"A\",\"kind\":\"CAMERA\",\"zones\":[{\"zoneId\":\"Z\",\"kind\":\"RESTRICTED\",\"polygon\":[[0,0],[1,1]]}]}|zones[0].polygon",
                "{\"deviceId\":\"A\",\"kind\":\"CAMERA\",\"zones\":[{\"zoneId\":\"Z\",\"kind\":\"LINE\",\"polygon\":[[0,0],[1,1.1]]}]}|zones[0].polygon[1][1]",
                "{\"deviceId\":\"A\",\"kind\":\"CAMERA\",\"zones\":[{\"zoneId\":\"Z\",\"kind\":\"LINE\",\"polygon\":[[0.5,0.5],[0.5,0.5]]}]}|zones[0].polygon",
                "{\"deviceId\":\"A\",\"kind\":\"CAMERA\",\"zones\":[{\"zoneId\":\"Z\",\"kind\":\"RESTRICTED\",\"polygon\":[[0.1,0.1],[0.2,0.2],[0.7,0.7]]}]}|zones[0].polygon",
                "{\"deviceId\":\"A\",\"kind\":\"CAMERA\",\"zones\":[{\"zoneId\":\"Z\",\"kind\":\"LINE\",\"polygon\":[[0,0],[1,1]]},{\"zoneId\":\"Z\",\"kind\":\"LINE\",\"polygon\":[[1,0],[0,1]]}]}|zones[1].zoneId",
            })
    void rejectsAndNamesTheField(String json, String field) {
        assertThatThrownBy(() -> Device.CODEC.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
