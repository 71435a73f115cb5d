package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.text.Text.Translation;

import java.util.Map;
import java.util.stream.Collectors;

/** The reasons of the engine's decisions, for people. */
final class DecisionTexts {
    /** Reason, Spanish, English. */
    private static final Map<String, Translation> REASONS =
            table(
                    """
                    first-evidence    | primer indicio                         | first evidence
                    same-incident     | pertenece al mismo incidente           | belongs to the same incident
                    other-incident    | es otro incidente                      | is another incident
                    evidence          | por sus indicios                       | by its evidence
                    reopened          | nuevos indicios tras el cierre         | new evidence after the close
                    person            | lo decidió una persona                 | a person decided so
                    jurisdiction      | el centro responde por el lugar        | the site is responsible for the place
                    no-jurisdiction   | ningún centro responde por el lugar    | no site is responsible for the place
                    state-wide        | aviso para todo el estado              | warning to the whole state
                    review            | para revisión, sin interrumpir         | for review, without interruption
                    quiet-hours       | horas de silencio: espera en una lista | quiet hours: it waits in a list
                    too-late          | es de algo que ya se olvidó            | about what is forgotten already
                    offer-withdrawn   | se retiró del centro desde entonces    | withdrawn from the site since
                    mute-too-far-ahead | silencio que empieza demasiado tarde  | mute that begins too far ahead
                    over-budget       | lista de lo que excede el presupuesto  | list of what exceeds the budget
                    unanswered        | sin respuesta                          | unanswered
                    rejected          | lo rechazó un centro                   | a site has rejected it
                    not-delivered     | no se entregó                          | not delivered
                    site-down         | el centro no está disponible           | the site is down
                    site-back         | el centro volvió                       | the site is back
                    accepted-by-other | lo aceptó el otro centro               | the other site has accepted it
                    replaced          | otro incidente lo reemplaza            | another incident replaces it
                    closed            | está cerrado                           | it is closed
                    not-acknowledged  | nadie acusó recibo a tiempo            | not acknowledged in time
                    not-accepted      | nadie lo aceptó a tiempo               | not accepted in time
                    not-on-scene      | ninguna unidad llegó a tiempo          | no unit on scene in time
                    acknowledged-only | solo hay acuse de recibo               | only acknowledged
                    withdrawn         | se retiraron sus indicios              | its evidence was withdrawn
                    withdrawn-in-time | se retiró antes de avisar a un centro  | withdrawn before a site was notified
                    confirmation      | puede ser un accidente                 | it may be an accident
                    escalation        | el paso siguiente espera presupuesto   | the next step waits for the budget
                    budget            | presupuesto de interrupciones          | budget of interruptions
                    expired           | venció                                 | it has expired
                    never-closed      | nadie lo cerró en una semana           | no one closed it in a week
                    digest-closed     | se cerró su lista                      | its list was closed
                    all-answered      | todo lo de la lista está atendido      | all that it lists is answered
                    acknowledge       | acuse de recibo                        | acknowledged
                    accept            | aceptado                               | accepted
                    reject            | rechazado                              | rejected
                    arrive            | unidad en el lugar                     | unit on scene
                    close             | cerrado                                | closed
                    reopen            | reabierto                              | reopened
                    priority-risen    | la prioridad subió desde entonces      | the priority has risen since
                    already-accepted  | ya lo aceptó alguien                   | someone has accepted it already
                    not-assigned      | no está asignado a este centro         | not assigned to this site
                    unknown-incident  | no se conoce el incidente              | the incident is not known
                    unknown-event     | el incidente no tiene ese evento       | the incident has no such event
                    unknown-site      | no se conoce el centro                 | the site is not known
                    all-events        | no quedaría ningún evento              | no event would be left
                    is-digest         | es una lista de incidentes             | it is a list of incidents
                    other-kind        | uno es de un vehículo u otra audiencia | one is about a vehicle or for others
                    too-many-notes    | ya hay demasiadas notas                | there are too many notes already
                    mute-too-long     | silencio más largo de lo permitido     | mute longer than allowed
                    is-open           | está abierto                           | it is open
                    is-acknowledged   | tiene acuse de recibo                  | it is acknowledged
                    is-accepted       | está aceptado                          | it is accepted
                    is-on-scene       | hay una unidad en el lugar             | a unit is on scene
                    is-closed         | está cerrado                           | it is closed
                    is-cancelled      | está cancelado                         | it is cancelled
                    is-reopened       | está reabierto                         | it is reopened
                    """);

    /** For decisions whose reason is a name: a rule, a mute, a kind. */
    private static final Map<Kind, Translation> KINDS =
            Map.of(
                    Kind.INHIBITED,
                    new Translation("otro incidente lo explica", "another incident explains it"),
                    Kind.MUTED,
                    new Translation("una persona lo silenció", "a person has muted it"),
                    Kind.BUDGETED,
                    new Translation(
                            "excede el presupuesto de interrupciones",
                            "exceeds the budget of interruptions"));

    private DecisionTexts() {}

    /** The text of a decision, or null. */
    static Translation of(Kind kind, String reason) {
        return REASONS.getOrDefault(reason, KINDS.get(kind));
    }

    private static Map<String, Translation> table(String lines) {
        return lines.lines()
                .map(line -> line.split(" *\\| *"))
                .collect(
                        Collectors.toMap(
                                cells -> cells[0], cells -> new Translation(cells[1], cells[2])));
    }
}
