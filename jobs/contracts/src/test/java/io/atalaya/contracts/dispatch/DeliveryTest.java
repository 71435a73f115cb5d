package io.atalaya.contracts.dispatch;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DeliveryTest {
    private static final String WHOLE =
            "{\"deliveryId\":\"D\",\"destination\":\"cad\",\"incidentId\":\"I\",\"revision\":1,"
                    + "\"result\":\"EXPIRED\",\"reason\":\"R\",\"time\":1}";

    private record Revision(long revision, String id) {}

    @Provide
    Arbitrary<Delivery> deliveries() {
        Arbitrary<String> id = DispatchArbitraries.ids();
        return Combinators.combine(
                        id,
                        id.filter(text -> !text.isBlank()),
                        id,
                        id.injectNull(0.5),
                        Combinators.combine(PlateArbitraries.times(), id.injectNull(0.3))
                                .as(Revision::new),
                        Arbitraries.of(Delivery.Result.class),
                        DispatchArbitraries.texts().injectNull(0.3),
                        PlateArbitraries.times())
                .as(
                        (delivery, destination, incident, device, of, result, reason, time) ->
                                new Delivery(
                                        delivery,
                                        destination,
                                        incident,
                                        device,
                                        of.revision,
                                        of.id == null
                                                ? null
                                                : new Delivery.Message(of.id, of.revision),
                                        result,
                                        reason,
                                        time));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("deliveries") Delivery delivery)
            throws InvalidRecordException {
        assertThat(Delivery.CODEC.read(Delivery.CODEC.write(delivery))).isEqualTo(delivery);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"deliveryId\":\"D\"|\"deliveryId\":1|deliveryId",
                "\"cad\"|\" \"|destination",
                "\"incidentId\":\"I\"|\"incidentId\":null|incidentId",
                "\"revision\":1|\"revision\":\"1\"|revision",
                "\"revision\":1|\"revision\":1,\"message\":{\"id\":\"\",\"time\":1}|message.id",
                "\"EXPIRED\"|\"LOST\"|result",
                "\"reason\":\"R\"|\"reason\":404|reason",
                "\"time\":1|\"at\":1|time",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        byte[] message = WHOLE.replace(part, instead).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Delivery.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
