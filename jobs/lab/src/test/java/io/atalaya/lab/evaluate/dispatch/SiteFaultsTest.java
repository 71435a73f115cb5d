package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;

/** In the middle of the day Ecatepec stops; later it works, but is cut off from the job. */
class SiteFaultsTest {
    /** Tuesday, noon. */
    private static final long NOON = 1_772_560_800_000L;

    /** Until then people have answered whatever they were sent. */
    private static final long ANSWERED_MS = 15 * 60_000;

    private static final Set<Decision.Kind> SUPPRESSED =
            Set.of(
                    Decision.Kind.MUTED,
                    Decision.Kind.BUDGETED,
                    Decision.Kind.HELD,
                    Decision.Kind.INHIBITED);

    @ParameterizedTest
    @ValueSource(longs = {51, 52})
    void eachIncidentEndsWithOneOwnerAndNoneIsLost(long seed) throws Exception {
        DispatchDay day =
                DispatchDay.generate(
                        DispatchOptions.defaults(seed, NOON)
                                .withMinutes(120)
                                .withLoad(0.5)
                                .withButtons(1_000, 0));
        DispatchLog log = CoreRun.of(day, PolicyReader.read(Path.of("../../policy")));
        Map<String, Incident> last = log.lastRevisions();
        Map<String, Set<String>> sent = new HashMap<>();
        Map<String, Set<String>> holding = new HashMap<>();
        for (DispatchLog.Message message : log.messages()) {
            String incidentId = message.incident().incidentId();
            Set<String> holders = holding.computeIfAbsent(incidentId, any -> new TreeSet<>());
            if (message.message().purpose() == Purpose.WITHDRAWN) {
                holders.remove(message.site());
            } else if (message.message().purpose() == Purpose.ASSIGN) {
                holders.add(message.site());
                sent.computeIfAbsent(incidentId, any -> new TreeSet<>()).add(message.site());
            }
        }

        sent.keySet()
                .forEach(
                        incidentId -> {
                            Incident incident = last.get(incidentId);
                            boolean isOwned =
                                    incident.status() == Status.ACCEPTED
                                            || incident.status() == Status.ON_SCENE;
                            if (isOwned) {
                                assertThat(holding.get(incidentId))
                                        .as("who holds %s", incident)
                                        .containsExactly(incident.assignment().site());
                            }
                            boolean isUnanswered =
                                    incident.status() == Status.OPEN
                                            || incident.status() == Status.REOPENED;
                            if (isUnanswered) {
                                assertThat(incident.updatedAt())
                                        .as("last act or event of %s", incident)
                                        .isGreaterThan(log.to() - ANSWERED_MS);
                            }
                        });
        for (Incident incident : log.incidents()) {
            boolean isAccepted =
                    incident.status() == Status.ACCEPTED
                            && incident.kind() != Incident.Kind.PUBLIC_WARNING;
            if (isAccepted) {
                assertThat(holders(log, incident))
                        .as("who holds it after %s", incident)
                        .containsOnly(incident.assignment().site());
            }
        }
        // A crowd at a concert is muted, and a digest lists what is over budget.
        Set<String> suppressed = new TreeSet<>();
        log.decisions().stream()
                .filter(each -> SUPPRESSED.contains(each.kind()))
                .forEach(each -> suppressed.add(String.valueOf(each.incidentId())));
        assertThat(last.values())
                .filteredOn(each -> each.status() == Status.OPEN)
                .extracting(Incident::incidentId)
                .filteredOn(incidentId -> !sent.containsKey(incidentId))
                .isSubsetOf(suppressed);
        DispatchFigures figures = DispatchScorer.score(log, day.truth());
        assertThat(figures.handover().failOvers()).isPositive();
        assertThat(figures.handover().stillTwice()).isZero();
        assertThat(figures.handover().sentTwice())
                .isPositive()
                .isEqualTo((int) sent.values().stream().filter(each -> each.size() > 1).count());
        assertThat(log.decisions())
                .filteredOn(each -> each.kind() == Decision.Kind.WITHDRAWN)
                .hasSize(figures.handover().withdrawn());
    }

    /** The sites that were sent an incident and not yet withdrawn, a second after a revision. */
    private static Set<String> holders(DispatchLog log, Incident incident) {
        Set<String> holders = new TreeSet<>();
        holders.add(incident.assignment().site());
        for (DispatchLog.Message message : log.messages()) {
            if (message.time() <= incident.revision() + 1_000
                    && message.incident().incidentId().equals(incident.incidentId())) {
                if (message.message().purpose() == Purpose.WITHDRAWN) {
                    holders.remove(message.site());
                } else if (message.message().purpose() == Purpose.ASSIGN) {
                    holders.add(message.site());
                }
            }
        }
        return holders;
    }
}
