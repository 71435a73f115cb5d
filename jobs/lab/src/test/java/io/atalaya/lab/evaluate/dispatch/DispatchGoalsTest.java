package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** An hour of a small city; {@code scripts/evaluate dispatch-goals} runs whole days. */
class DispatchGoalsTest {
    /** Tuesday, noon. */
    private static final long NOON = 1_772_560_800_000L;

    private static final Path POLICY = Path.of("../../policy");

    @Test
    void anHourReachesAllGoals() throws Exception {
        Policy policy = PolicyReader.read(POLICY);
        DispatchGoals.Result result =
                DispatchGoals.check(
                        DispatchOptions.defaults(41, NOON)
                                .withMinutes(60)
                                .withLoad(0.5)
                                .withButtons(1_000, 0),
                        policy);
        assertThat(result.missed()).isEmpty();
        DispatchFigures figures = result.run().figures();
        assertThat(figures.grouping().trueIncidents()).isGreaterThan(50);
        assertThat(figures.delays().grave().count()).isGreaterThan(5);
    }

    /** The job's own operators, with the topics and serializers between them. */
    @Test
    void theOperatorsOfTheJobReachThem() throws Exception {
        DispatchDay day =
                DispatchDay.generate(
                        DispatchOptions.defaults(42, NOON)
                                .withMinutes(40)
                                .withLoad(0.5)
                                .withButtons(1_000, 0));
        DispatchLog log = OperatorRun.of(day);
        DispatchFigures figures = DispatchScorer.score(log, day.truth());
        assertThat(DispatchGoals.missed(figures, day.truth())).isEmpty();
        assertThat(figures.delays().grave().count()).isGreaterThan(5);

        DispatchLog core = CoreRun.of(day, PolicyReader.read(POLICY));
        assertThat(summaries(log)).containsExactlyElementsOf(summaries(core));
    }

    /**
     * Without digests, whose ids are of a time, and without what people have done: in the core,
     * deadlines pass at other moments within a second.
     */
    private static List<String> summaries(DispatchLog log) {
        return log.lastRevisions().values().stream()
                .filter(each -> each.kind() != Incident.Kind.DIGEST)
                .map(
                        each ->
                                List.of(
                                                each.incidentId(),
                                                each.type(),
                                                each.priority(),
                                                String.valueOf(each.site()),
                                                each.links().stream()
                                                        .filter(
                                                                link ->
                                                                        link.relation()
                                                                                != Relation.PARENT)
                                                        .toList(),
                                                each.events().stream()
                                                        .map(Incident.Event::eventId)
                                                        .toList())
                                        .toString())
                .sorted()
                .toList();
    }

    @Test
    void aPolicyThatLinksNoPlacesMissesThem() throws Exception {
        Map<String, String> files = new TreeMap<>(PolicyReader.files(POLICY));
        files.computeIfPresent(
                "fusion", (name, text) -> text.replaceAll("within: (5|10) min", "within: 1 ms"));
        DispatchGoals.Result result =
                DispatchGoals.check(
                        DispatchOptions.defaults(41, NOON).withMinutes(15).withButtons(200, 0),
                        PolicyReader.read(files));
        assertThat(result.missed()).anyMatch(each -> each.startsWith("pairwise F1: got 0."));
    }
}
