package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.Close;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.dispatch.TrueIncident.Subject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OperatorsTest {
    private static final long START = 1_772_560_800_000L;
    private static final long MINUTE = 60_000;

    private final Operators operators =
            new Operators(
                    1,
                    List.of(truth("call:1", Outcome.REAL), truth("call:2", Outcome.FALSE_ALARM)));

    @Test
    void answerUntilTheIncidentIsClosed() throws InvalidRecordException {
        operators.message("TOLUCA", message(Purpose.ASSIGN, "a", "call:1"), START);
        assertThat(answers())
                .extracting(answer -> answer.action().getClass().getSimpleName())
                .containsExactly("Delivered", "Acknowledge", "Accept", "OnScene", "Close");
    }

    @Test
    void findOutWhatItIs() throws InvalidRecordException {
        operators.message("TOLUCA", message(Purpose.ASSIGN, "a", "call:1"), START);
        operators.message("TOLUCA", message(Purpose.ASSIGN, "b", "call:2"), START);
        assertThat(answers())
                .filteredOn(answer -> answer.action() instanceof Close)
                .extracting(answer -> ((Close) answer.action()).disposition())
                .containsExactlyInAnyOrder("01", "17");
    }

    @Test
    void doNothingMoreAboutWhatWasWithdrawn() throws InvalidRecordException {
        operators.message("TOLUCA", message(Purpose.ASSIGN, "a", "call:1"), START);
        operators.message("TOLUCA", message(Purpose.WITHDRAWN, "a", "call:1"), START + 600);
        assertThat(answers()).hasSize(1);
    }

    @Test
    void answerOnceToTheSameAssignment() throws InvalidRecordException {
        operators.message("TOLUCA", message(Purpose.ASSIGN, "a", "call:1"), START);
        operators.message("TOLUCA", message(Purpose.ASSIGN, "a", "call:1"), START + 1);
        assertThat(answers()).hasSize(5);
    }

    @Test
    void answerToAReminderOfWhatTheyDoNotHandleYet() throws InvalidRecordException {
        operators.message("TOLUCA", message(Purpose.REMINDER, "a", "call:1"), START);
        operators.message("TOLUCA", message(Purpose.REMINDER, "a", "call:1"), START + 1_000);
        assertThat(answers())
                .extracting(answer -> answer.action().getClass().getSimpleName())
                .containsExactly("Acknowledge", "Accept", "OnScene", "Close");
    }

    @Test
    void answerAfterTheSiteIsBack() throws InvalidRecordException {
        presence(START - 1_000, START - 1_000);
        for (long time = START + 10 * MINUTE; time < START + 120 * MINUTE; time += 5_000) {
            presence(time, time);
        }
        operators.message("TOLUCA", message(Purpose.ASSIGN, "a", "call:1"), START);
        assertThat(operators.nextArrival()).isEqualTo(START + 10 * MINUTE);
        assertThat(answers().get(0).time()).isEqualTo(START + 10 * MINUTE);
    }

    @Test
    void whatACutOffSiteAnswersArrivesWhenTheLinkIsBack() throws InvalidRecordException {
        long back = START + 30 * MINUTE;
        for (long time = START - 5_000; time < START + 120 * MINUTE; time += 5_000) {
            presence(time, time >= START && time < back ? back : time);
        }
        // It was sent before the link failed.
        operators.message("TOLUCA", message(Purpose.ASSIGN, "a", "call:1"), START - 6_000);
        List<Long> arrivals = new ArrayList<>();
        List<DispatchResponse> answers = new ArrayList<>();
        while (operators.nextArrival() < Long.MAX_VALUE) {
            long arrival = operators.nextArrival();
            TopicRecord record = operators.poll(arrival);
            if (record.topic().equals(Topics.DISPATCH_RESPONSES)) {
                arrivals.add(arrival);
                answers.add(DispatchResponse.CODEC.read(record.value()));
            }
        }
        assertThat(arrivals.get(0)).isEqualTo(START - 5_500);
        assertThat(arrivals.get(1)).isEqualTo(back);
        assertThat(answers).hasSize(5);
        assertThat(answers.stream().filter(answer -> answer.time() < back).count())
                .isGreaterThan(1);
    }

    @Test
    void theBridgeSaysWhatBecameOfEachMessage() throws InvalidRecordException {
        operators.message("TOLUCA", message(Purpose.ASSIGN, "a", "call:1"), START);
        operators.message("TOLUCA", message(Purpose.UPDATE, "a", "call:1"), START + 5);
        assertThat(deliveries())
                .hasSize(2)
                .allMatch(each -> each.destination().equals("cad-toluca"))
                .allMatch(each -> each.result() == Delivery.Result.DELIVERED);
    }

    @Test
    void noOneAnswersWhatASystemHasNotTaken() throws InvalidRecordException {
        int lost = 0;
        for (int i = 0; i < 2_000; i++) {
            operators.message("TOLUCA", message(Purpose.ASSIGN, "a" + i, "call:1"), START);
            List<TopicRecord> records = new ArrayList<>();
            while (operators.nextArrival() < Long.MAX_VALUE) {
                records.add(operators.poll(operators.nextArrival()));
            }
            Delivery delivery = Delivery.CODEC.read(records.get(0).value());
            if (delivery.result() == Delivery.Result.REJECTED) {
                assertThat(records).hasSize(1);
                lost++;
            }
        }
        assertThat(lost).isBetween(1, 20);
    }

    private List<DispatchResponse> answers() throws InvalidRecordException {
        List<DispatchResponse> answers = new ArrayList<>();
        for (TopicRecord record : records(Topics.DISPATCH_RESPONSES)) {
            answers.add(DispatchResponse.CODEC.read(record.value()));
        }
        return answers;
    }

    private List<Delivery> deliveries() throws InvalidRecordException {
        List<Delivery> deliveries = new ArrayList<>();
        for (TopicRecord record : records(Topics.DELIVERIES)) {
            deliveries.add(Delivery.CODEC.read(record.value()));
        }
        return deliveries;
    }

    private List<TopicRecord> records(String topic) {
        List<TopicRecord> records = new ArrayList<>();
        while (operators.nextArrival() < Long.MAX_VALUE) {
            TopicRecord record = operators.poll(operators.nextArrival());
            if (record.topic().equals(topic)) {
                records.add(record);
            }
        }
        return records;
    }

    private void presence(long time, long arrival) {
        operators.presence(new SitePresence("TOLUCA", List.of(), time), arrival);
    }

    private static TrueIncident truth(String event, Outcome outcome) {
        return new TrueIncident(
                event,
                "security",
                Subject.PLACE,
                outcome,
                START,
                START,
                null,
                "TOLUCA",
                65,
                false,
                List.of(event));
    }

    private static DispatchMessage message(Purpose purpose, String id, String event) {
        return new DispatchMessage(
                purpose,
                1,
                null,
                new Incident(
                        id,
                        START,
                        Incident.Kind.PLACE,
                        "security",
                        null,
                        Incident.Status.OPEN,
                        START,
                        START,
                        null,
                        null,
                        List.of(),
                        null,
                        "TOLUCA",
                        null,
                        List.of(),
                        65,
                        List.of(),
                        null,
                        List.of(new Incident.Event(event, "calls", "30101", START, null)),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        false,
                        List.of()));
    }
}
