package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.simulator.dispatch.DispatchOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
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
