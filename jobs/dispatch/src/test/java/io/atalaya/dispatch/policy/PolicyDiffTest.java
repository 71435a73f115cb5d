package io.atalaya.dispatch.policy;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyDiffTest {
    private static final Path SHIPPED = Path.of("../../policy");

    @Test
    void namesTheRuleAndItsFields() {
        assertThat(
                        diff(
                                """
                                - {name: crash, priority: 75, cnie: ["10104"]}
                                - {name: crowd, priority: 40}
                                """,
                                """
                                # The comment does not differ.
                                - name: crash
                                  priority: 80
                                  cnie: ["10104"]
                                - {name: fire, priority: 90}
                                """))
                .containsExactly(
                        "kinds: crowd: removed: {\"name\":\"crowd\",\"priority\":40}",
                        "kinds: crash: priority: 75 -> 80",
                        "kinds: fire: added: {\"name\":\"fire\",\"priority\":90}");
    }

    @Test
    void numbersRulesWithoutAName() {
        assertThat(
                        diff(
                                "[{when: a, hold: 10 s}, {when: b, hold: 5 s}]",
                                "[{when: a, hold: 10 s}, {when: b, hold: 7 s}, {when: c}]"))
                .containsExactly(
                        "kinds: 2: hold: \"5 s\" -> \"7 s\"", "kinds: 3: added: {\"when\":\"c\"}");
    }

    @Test
    void saysWhichRuleMovedBecauseTheFirstApplies() {
        assertThat(diff("[{name: a}, {name: b}]", "[{name: b}, {name: a}]"))
                .containsExactly("kinds: a: moved to place 2");
    }

    @Test
    void saysWhichFileIsThereInOneOnly() {
        assertThat(PolicyDiff.of(Map.of("a", "{x: 1}"), Map.of("b", "{x: 1}")))
                .containsExactly("a: removed: {\"x\":1}", "b: added: {\"x\":1}");
    }

    @Test
    void thePolicyDoesNotDifferFromItself() throws Exception {
        Map<String, String> shipped = PolicyReader.files(SHIPPED);
        assertThat(PolicyDiff.of(shipped, shipped)).isEmpty();
        assertThat(PolicyReader.shippedFiles()).isEqualTo(shipped);
    }

    private static List<String> diff(String before, String after) {
        return PolicyDiff.of(Map.of("kinds", before), Map.of("kinds", after));
    }
}
