package io.atalaya.notary.chain;

import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import org.junit.jupiter.api.Test;

import java.time.ZoneId;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class IncidentPageTest {
    /** 2026-07-10 05:40:00 in Mexico. */
    private static final long TIME = 1_783_683_600_000L;

    private final IncidentPage page = new IncidentPage("I", ZoneId.of("America/Mexico_City"));

    @Test
    void saysWhoWasSentWhatAndWhatBecameOfTheMessages() {
        RawRecord assigned =
                record(
                        Topics.DISPATCH_TOLUCA,
                        TIME,
                        DispatchMessage.CODEC.write(
                                new DispatchMessage(Purpose.ASSIGN, 1, "routed", incident())));
        RawRecord delivered =
                record(
                        Topics.DELIVERIES,
                        TIME + 1_500,
                        Delivery.CODEC.write(
                                new Delivery(
                                        "D",
                                        "cad",
                                        "I",
                                        TIME,
                                        Delivery.Result.DELIVERED,
                                        null,
                                        TIME)));
        RawRecord answered =
                record(
                        Topics.DISPATCH_RESPONSES,
                        TIME + 60_000,
                        DispatchResponse.CODEC.write(
                                new DispatchResponse(
                                        "R",
                                        "I",
                                        TIME,
                                        "perez",
                                        "T-3",
                                        null,
                                        "TOLUCA",
                                        TIME,
                                        new DispatchResponse.Acknowledge())));
        assertThat(page.isEmpty()).isTrue();
        Chain chain = new Chain();
        for (RawRecord each : List.of(answered, delivered, assigned)) {
            page.addAudited(1, chain.add(Envelopes.of(each)));
        }
        page.addSent(assigned);
        page.addSent(record(Topics.DELIVERIES, TIME + 1_500, "{}".getBytes(UTF_8)));

        assertThat(page.isEmpty()).isFalse();
        assertThat(page.html())
                .contains("<b>Botón &lt;1&gt;</b><br>Button", "panic-button, priority 80, OPEN")
                .contains("<circle cx=\"240\" cy=\"240\" r=\"", "19.29000, -99.65000; 220 m wide")
                .containsSubsequence(
                        "<td>2026-07-10 05:40:00.000 -06:00</td><td>0.0 s</td>"
                                + "<td>Sent to site</td><td>TOLUCA</td><td>ASSIGN</td>"
                                + "<td>routed</td><td>1/2</td><td>kept, as audited</td>",
                        "<td>1.5 s</td><td>Delivery to system</td><td>cad</td>",
                        "differs from the audit",
                        "<td>60.0 s</td><td>Answer of</td><td>TOLUCA/T-3</td>",
                        "<td>ACKNOWLEDGE</td><td></td><td>1/0</td><td>no longer kept</td>")
                .doesNotContain("perez");
    }

    @Test
    void withoutMessagesTheAuditAloneSpeaks() {
        Chain chain = new Chain();
        page.addAudited(
                0,
                chain.add(
                        Envelopes.of(
                                record(
                                        Topics.DISPATCH_TOLUCA,
                                        TIME,
                                        DispatchMessage.CODEC.write(
                                                new DispatchMessage(
                                                        Purpose.ASSIGN, 1, null, incident()))))));

        assertThat(page.html())
                .contains("No message that says what it was is kept any longer.", "ASSIGN")
                .doesNotContain("<svg");
    }

    private static RawRecord record(String topic, long time, byte[] value) {
        return new RawRecord(topic, 0, 5, time, "I".getBytes(UTF_8), value, List.of());
    }

    private static Incident incident() {
        return new Incident(
                "I",
                TIME,
                Incident.Kind.PLACE,
                "panic-button",
                "ALMH",
                Incident.Status.OPEN,
                TIME,
                TIME,
                null,
                new Place(19.29, -99.65, 20),
                List.of(),
                null,
                "TOLUCA",
                new Incident.Assignment(
                        "TOLUCA", "security", 1, Incident.Assignment.State.SENT, null, null),
                List.of(),
                80,
                List.of(),
                new Text.Translation("Botón <1>", "Button"),
                List.of(
                        new Incident.Event(
                                "device:BTN-1/E-1",
                                "device-events",
                                "PRESS",
                                TIME,
                                new Text.Translation("Pulsación", "Press"))),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                false,
                List.of());
    }
}
