package io.atalaya.contracts.model;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.PlateArbitraries;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelControlTest {
    @Provide
    Arbitrary<ModelControl> controls() {
        Arbitrary<String> name =
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .withCharRange('0', '9')
                        .withChars("._-")
                        .ofMinLength(1)
                        .ofMaxLength(64)
                        .filter(ModelName::is);
        return Combinators.combine(
                        name,
                        name.injectNull(0.3),
                        name.injectNull(0.3),
                        PlateArbitraries.text(1, 128).filter(text -> !text.isBlank()),
                        PlateArbitraries.text(0, 1024).injectNull(0.2),
                        PlateArbitraries.times())
                .as(
                        (model, active, shadow, requestedBy, purpose, time) ->
                                new ModelControl(
                                        model,
                                        active,
                                        Objects.equals(active, shadow) ? null : shadow,
                                        requestedBy,
                                        purpose,
                                        time));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("controls") ModelControl control)
            throws InvalidRecordException {
        assertThat(ModelControl.CODEC.read(ModelControl.CODEC.write(control))).isEqualTo(control);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"requestedBy\":\"O\",\"time\":1|model",
                "\"model\":\"m\",\"time\":1|requestedBy",
                "\"model\":\"m\",\"requestedBy\":\"O\"|time",
                "\"model\":\"m\",\"active\":\"1\",\"shadow\":\"1\",\"requestedBy\":\"O\",\"time\":1|shadow",
                "\"model\":\"m\",\"requestedBy\":\" \",\"time\":1|requestedBy",
                "\"model\":\"m\",\"requestedBy\":\"O\",\"time\":1,\"active\":7|active",
                "\"model\":\"m\",\"requestedBy\":\"O\",\"time\":1,\"active\":\"\"|active",
                "\"model\":\"m\",\"requestedBy\":\"O\",\"time\":1,\"active\":\"..\"|active",
                "\"model\":\"m\",\"requestedBy\":\"O\",\"time\":1,\"active\":\"../../etc\"|active",
                "\"model\":\"m\",\"requestedBy\":\"O\",\"time\":1,\"shadow\":\"/models/2\"|shadow",
                "\"model\":\"m\",\"requestedBy\":\"O\",\"time\":1,\"shadow\":\"2\\\\\\\\3\"|shadow",
                "\"model\":\"m\",\"requestedBy\":\"O\",\"time\":1,\"shadow\":\"http://host\"|shadow",
                "\"model\":\".hidden\",\"requestedBy\":\"O\",\"time\":1|model",
            })
    void rejectsAndNamesTheField(String fields, String field) {
        byte[] message = ("{" + fields + "}").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ModelControl.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
