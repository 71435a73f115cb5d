package io.atalaya.contracts.rfid;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateArbitraries;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RfidReadCodecTest {

    @Provide
    Arbitrary<RfidRead> reads() {
        Arbitrary<String> id = PlateArbitraries.text(1, 128);
        return Combinators.combine(
                        id,
                        id,
                        PlateArbitraries.lanes().injectNull(0.2),
                        PlateArbitraries.times(),
                        id,
                        PlateArbitraries.plates().injectNull(0.2),
                        PlateArbitraries.vehicles().injectNull(0.2))
                .as(RfidRead::new);
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("reads") RfidRead read) throws InvalidRecordException {
        assertThat(RfidReadCodec.read(RfidReadCodec.write(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"deviceId\":\"A\",\"time\":1,\"tagId\":\"T\"|readId",
                "\"readId\":\"R\",\"time\":1,\"tagId\":\"T\"|deviceId",
                "\"readId\":\"R\",\"deviceId\":\"A\",\"tagId\":\"T\"|time",
                "\"readId\":\"R\",\"deviceId\":\"A\",\"time\":1|tagId",
                "\"readId\":\"R\",\"deviceId\":\"A\",\"time\":1,\"tagId\":\"\"|tagId",
                "\"readId\":\"R\",\"deviceId\":\"A\",\"time\":1,\"tagId\":17|tagId",
                "\"readId\":\"R\",\"deviceId\":\"A\",\"registeredPlate\":\"\"|registeredPlate",
                "\"readId\":\"R\",\"registeredVehicle\":{\"make\":7}|registeredVehicle.make",
            })
    void rejectsAndNamesTheField(String fields, String field) {
        byte[] message = ("{" + fields + "}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> RfidReadCodec.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
