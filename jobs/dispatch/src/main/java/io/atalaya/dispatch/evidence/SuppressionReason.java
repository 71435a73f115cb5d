package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Limits;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.HashId;

import java.util.List;
import java.util.Locale;

/** The reasons for which a message becomes no evidence. */
public enum SuppressionReason {
    NUISANCE_CALL("llamada improcedente", "nuisance call"),
    KIND_NOT_DISPATCHED(
            "la política no despacha este tipo", "the policy does not dispatch the kind"),
    COVERT_WITHOUT_RECIPIENT("reservada y sin destinatarios", "covert, and without any recipient"),

    // Device events.
    TEST_MODE("dispositivo en prueba", "device in test mode"),
    WEEKLY_TEST("prueba semanal", "weekly test"),
    STUCK_BUTTON("botón trabado", "stuck button"),
    WRONG_CODE("cancelación con código incorrecto", "cancellation with a wrong code"),
    NO_CODE("cancelación sin código", "cancellation without a code"),
    NOTHING_TO_CANCEL("nada que cancelar", "nothing to cancel"),

    // Public warnings.
    TEST_WARNING("mensaje de prueba o del sistema", "message of a test or of the system"),
    NO_WARNING("respuesta a otro mensaje", "answer to another message"),
    NOT_PUBLIC("no es para la población", "not for the public"),
    NO_RULE("ninguna regla para este remitente", "no rule for this sender"),
    EXPIRED("vencido", "expired"),
    CANCELLED_BEFORE("cancelado antes de llegar", "cancelled before it arrived"),
    OUTSIDE_JURISDICTION("fuera de la jurisdicción", "outside of the jurisdiction");

    private final String es;
    private final String en;

    SuppressionReason(String es, String en) {
        this.es = es;
        this.en = en;
    }

    /** For example {@code test-mode}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The decision to suppress an event for this reason.
     *
     * @param time arrival time of the cause
     * @param deviceId or null
     */
    public Decision decision(
            String eventId,
            long time,
            String deviceId,
            String policyVersion,
            Decision.Detail... details) {
        return new Decision(
                decisionId(eventId),
                time,
                null,
                eventId,
                deviceId,
                this == EXPIRED ? Decision.Kind.EXPIRED : Decision.Kind.SUPPRESSED,
                code(),
                new Text.Translation(es, en),
                policyVersion,
                List.of(details));
    }

    /** One that would be too long for a topic is replaced by its hash. */
    private String decisionId(String eventId) {
        String text = eventId + "/" + code();
        return text.length() <= Limits.MAX_ID ? text : HashId.of(eventId, code());
    }
}
