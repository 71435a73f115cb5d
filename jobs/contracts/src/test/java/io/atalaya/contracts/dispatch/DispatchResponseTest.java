package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.dispatch.DispatchResponse.Accept;
import io.atalaya.contracts.dispatch.DispatchResponse.AcceptDrone;
import io.atalaya.contracts.dispatch.DispatchResponse.Acknowledge;
import io.atalaya.contracts.dispatch.DispatchResponse.Action;
import io.atalaya.contracts.dispatch.DispatchResponse.Close;
import io.atalaya.contracts.dispatch.DispatchResponse.DeclineDrone;
import io.atalaya.contracts.dispatch.DispatchResponse.Delivered;
import io.atalaya.contracts.dispatch.DispatchResponse.DroneAction;
import io.atalaya.contracts.dispatch.DispatchResponse.Link;
import io.atalaya.contracts.dispatch.DispatchResponse.Merge;
import io.atalaya.contracts.dispatch.DispatchResponse.NotThisIncident;
import io.atalaya.contracts.dispatch.DispatchResponse.Note;
import io.atalaya.contracts.dispatch.DispatchResponse.OnScene;
import io.atalaya.contracts.dispatch.DispatchResponse.Reject;
import io.atalaya.contracts.dispatch.DispatchResponse.Reopen;
import io.atalaya.contracts.dispatch.DispatchResponse.Split;
import io.atalaya.contracts.disposition.Disposition;
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
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DispatchResponseTest {
    private static final String WHOLE =
            "{\"responseId\":\"R\",\"incidentId\":\"I\",\"revision\":1,\"operator\":\"O\",\"site\":\"S\","
                    + "\"time\":1,\"action\":{\"type\":\"ACCEPT\",\"epoch\":2,\"cadNumber\":\"C\"}}";

    private static List<Action> actions() {
        return List.of(
                new Delivered(),
                new Acknowledge(),
                new Accept(2, "CAD-1"),
                new Accept(null, null),
                new Reject(Reject.Reason.ADDRESS, "x"),
                new OnScene(),
                new Close("17", Disposition.Outcome.WRONG_PLATE, null),
                new Close("01", null, "x"),
                new Note("x"),
                new Reopen(),
                new Merge("J"),
                new Split(List.of("E", "F")),
                new Link("J"),
                new NotThisIncident("E"),
                new AcceptDrone("T"),
                new DeclineDrone("T"));
    }

    @Provide
    Arbitrary<DispatchResponse> responses() {
        Arbitrary<String> id = DispatchArbitraries.ids();
        Arbitrary<String> name = id.filter(text -> !text.isBlank());
        return Combinators.combine(
                        id,
                        PlateArbitraries.times(),
                        name,
                        name.injectNull(0.3),
                        name.injectNull(0.3),
                        name,
                        PlateArbitraries.times(),
                        Arbitraries.of(actions()))
                .as(
                        (incident, revision, operator, position, agency, site, time, action) ->
                                new DispatchResponse(
                                        "R" + action.hashCode(),
                                        incident,
                                        revision,
                                        operator,
                                        position,
                                        agency,
                                        site,
                                        time,
                                        action));
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("responses") DispatchResponse response)
            throws InvalidRecordException {
        assertThat(DispatchResponse.CODEC.read(DispatchResponse.CODEC.write(response)))
                .isEqualTo(response);
    }

    @Test
    void everyActionIsTested() {
        assertThat(actions().stream().map(Object::getClass).collect(Collectors.toSet()))
                .isEqualTo(
                        Stream.of(Action.class, DroneAction.class)
                                .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                                .filter(type -> !type.isInterface())
                                .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("actions")
    void onlyADeliveryNeedsNoPerson(Action action) {
        if (action instanceof Delivered) {
            assertThat(response(null, action).operator()).isNull();
        } else {
            assertThatThrownBy(() -> response(null, action))
                    .hasMessageStartingWith("operator: got nothing");
        }
    }

    private static DispatchResponse response(String operator, Action action) {
        return new DispatchResponse("R", "I", 1, operator, null, null, "S", 1, action);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"responseId\":\"R\"|\"responseId\":\"\"|responseId",
                "\"incidentId\":\"I\"|\"incidentId\":null|incidentId",
                "\"revision\":1|\"revision\":null|revision",
                "\"operator\":\"O\"|\"operator\":\" \"|operator",
                "\"site\":\"S\"|\"site\":null|site",
                "\"action\":{|\"act\":{|action",
                "{\"type\":\"ACCEPT\",\"epoch\":2,\"cadNumber\":\"C\"}|\"ACCEPT\"|action",
                "{\"type\":\"ACCEPT\",\"epoch\":2,\"cadNumber\":\"C\"}|[\"ACCEPT\",{}]|action",
                "\"type\":\"ACCEPT\"|\"kind\":\"ACCEPT\"|action.type",
                "\"ACCEPT\"|null|action.type",
                "\"ACCEPT\"|\"accept\"|action.type",
                "\"ACCEPT\"|\" ACCEPT\"|action.type",
                "\"ACCEPT\"|7|action.type",
                "\"epoch\":2|\"epoch\":-1|action.epoch",
                "\"cadNumber\":\"C\"|\"epoch\":2|action.epoch",
                "\"ACCEPT\"|\"REJECT\"|action.reason",
                "\"ACCEPT\"|\"REJECT\",\"reason\":\"TIRED\"|action.reason",
                "\"ACCEPT\"|\"CLOSE\"|action.dispositionCommonRegistryCode",
                "\"ACCEPT\"|\"CLOSE\",\"dispositionCommonRegistryCode\":\"7\"|action.dispositionCommonRegistryCode",
                "\"ACCEPT\"|\"NOTE\",\"text\":\" \"|action.text",
                "\"ACCEPT\"|\"MERGE\"|action.incidentId",
                "\"ACCEPT\"|\"SPLIT\"|action.eventIds",
                "\"ACCEPT\"|\"SPLIT\",\"eventIds\":[\"\"]|action.eventIds[0]",
                "\"ACCEPT\"|\"NOT_THIS_INCIDENT\"|action.eventId",
                "\"ACCEPT\"|\"ACCEPT_DRONE\"|action.taskId",
            })
    void rejectsAndNamesTheField(String part, String instead, String field) {
        assertThat(WHOLE).contains(part);
        byte[] message = WHOLE.replace(part, instead).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> DispatchResponse.CODEC.read(message))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }

    @Test
    void theLongestResponseIsReadAgain() throws InvalidRecordException {
        String id = "\u0000".repeat(Limits.MAX_ID);
        DispatchResponse longest =
                response("x", new Split(Collections.nCopies(DispatchResponse.MAX_EVENTS, id)));
        assertThat(DispatchResponse.CODEC.read(DispatchResponse.CODEC.write(longest)))
                .isEqualTo(longest);
    }

    @Test
    void namesTheKnownActions() {
        byte[] message = WHOLE.replace("ACCEPT", "FLY").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> DispatchResponse.CODEC.read(message))
                .hasMessage(
                        "action.type: got \"FLY\", expected one of [DELIVERED, ACKNOWLEDGE, ACCEPT,"
                                + " REJECT, ON_SCENE, CLOSE, NOTE, REOPEN, MERGE, SPLIT, LINK,"
                                + " NOT_THIS_INCIDENT, ACCEPT_DRONE, DECLINE_DRONE]");
    }
}
