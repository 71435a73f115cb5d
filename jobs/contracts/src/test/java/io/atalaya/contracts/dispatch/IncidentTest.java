package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.schema.TopicSchema;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IncidentTest {
    @Provide
    Arbitrary<Incident> incidents() {
        return DispatchArbitraries.incidents();
    }

    @Property(tries = 300)
    void whatIsWrittenIsReadAgain(@ForAll("incidents") Incident incident)
            throws InvalidRecordException {
        assertThat(Incident.CODEC.read(Incident.CODEC.write(incident))).isEqualTo(incident);
        DispatchMessage message =
                new DispatchMessage(DispatchMessage.Purpose.REMINDER, 7, "overdue", incident);
        assertThat(DispatchMessage.CODEC.read(DispatchMessage.CODEC.write(message)))
                .isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"incidentId\":\"5f1c9a7be0d24c31\"|\"incidentId\":\"\"|incidentId",
                "\"revision\":1772539200123|\"revision\":-1|revision",
                "\"VEHICLE\"|\"CAR\"|kind",
                "\"type\":\"stolen-vehicle\"|\"type\":null|type",
                "\"VEHSTLN\"|\" \"|incidentTypeCommonRegistryText",
                "\"status\":\"ACCEPTED\"|\"status\":\"ENDED\"|status",
                "1772539260000,\"place\":{\"latitude\":19.25112,\"longitude\":-99.60455|1,\"place\":{\"latitude\":0,\"longitude\":0.005|place",
                "1772539260000,\"place\":{\"latitude\":19.25112|1,\"place\":{\"latitude\":91|place",
                "\"NKR-48-16\"|\"\"|plate",
                "\"updatedAt\":1772539260000|\"updatedAt\":1772539260000,\"expiresAt\":\"soon\"|expiresAt",
                "\"deviceId\":\"ARCH-7\",\"place\"|\"deviceId\":\"ARCH-7\",\"point\"|route[0].place",
                "\"epoch\":1|\"epoch\":null|assignment.epoch",
                "\"state\":\"ACCEPTED\"|\"state\":\"OPEN\"|assignment.state",
                "\"priority\":85|\"priority\":101|priority",
                "\"points\":80|\"points\":\"80\"|priorityParts[0].points",
                "\"points\":80|\"points\":1e999|priorityParts[0].points",
                "\"topic\":\"alerts\"|\"topic\":null|events[0].topic",
                "\"RELATED\"|\"UNLINK\"|links[0].relation",
                "[\"C-20260303-118\"]|[\"\"]|candidates[0]",
                "\"text\":\"va la patrulla 214\"|\"text\":\"\"|notes[0].text",
                "\"onSceneBy\":1772539860000|\"onSceneBy\":\"soon\"|deadlines.onSceneBy",
                "\"covert\":true|\"covert\":\"yes\"|covert",
                "[\"unit-antisecuestro\"]|[7]|notify[0]",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) throws IOException {
        String whole = TopicSchema.INCIDENTS.samples().get(0);
        assertThat(whole).contains(part);
        String broken = whole.replace(part, instead);
        assertThatThrownBy(() -> Incident.CODEC.read(utf8(broken)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
        String message = "{\"purpose\":\"ASSIGN\",\"incident\":" + broken + "}";
        assertThatThrownBy(() -> DispatchMessage.CODEC.read(utf8(message)))
                .hasMessageStartingWith("incident." + field + ": got ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"purpose\":\"WITHDRAWN\"|\"purpose\":\"GONE\"|purpose",
                "\"epoch\":1,\"r|\"epoch\":-1,\"r|epoch",
                "\"reason\":\"site-down\"|\"reason\":\"\"|reason",
                "\"incident\":{|\"event\":{|incident",
            })
    void rejectsAMessageAndNamesTheField(String part, String instead, String field)
            throws IOException {
        String whole = TopicSchema.DISPATCH.samples().get(0);
        assertThat(whole).contains(part);
        assertThatThrownBy(() -> DispatchMessage.CODEC.read(utf8(whole.replace(part, instead))))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    /** A message is complete by itself, and so is its schema. */
    @Test
    void theSchemaOfMessagesEmbedsTheOneOfIncidents() {
        assertThat(TopicSchema.DISPATCH.text().at("/$defs/incident"))
                .isEqualTo(TopicSchema.INCIDENTS.text());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
