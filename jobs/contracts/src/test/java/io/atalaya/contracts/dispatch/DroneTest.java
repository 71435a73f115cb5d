package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.InvalidRecordException;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DroneTest {
    private static final String WHOLE =
            "{\"droneId\":\"D\",\"time\":1,\"availability\":\"BUSY\",\"missionState\":\"ACTIVE\","
                    + "\"batteryPercent\":70,\"altitudeMetres\":60}";

    @Provide
    Arbitrary<Drone> drones() {
        return DispatchArbitraries.drones();
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("drones") Drone drone) throws InvalidRecordException {
        assertThat(Drone.CODEC.read(Drone.CODEC.write(drone))).isEqualTo(drone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"droneId\":\"D\"|\"droneId\":7|droneId",
                "\"time\":1|\"time\":-1|time",
                "\"BUSY\"|null|availability",
                "\"ACTIVE\"|\"FLYING\"|missionState",
                "70|101|batteryPercent",
                "60|10000.5|altitudeMetres",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        byte[] message = WHOLE.replace(part, instead).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Drone.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
