package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.dispatch.incident.Lifecycle.Act;
import io.atalaya.dispatch.incident.Lifecycle.Moved;
import io.atalaya.dispatch.incident.Lifecycle.Refused;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LifecycleTest {
    /** A dash stands for a refusal. */
    @ParameterizedTest
    @CsvSource({
        "OPEN,         ACKNOWLEDGED, ACCEPTED, OPEN,     ON_SCENE, CLOSED, -",
        "REOPENED,     ACKNOWLEDGED, ACCEPTED, REOPENED, ON_SCENE, CLOSED, -",
        "ACKNOWLEDGED, ACKNOWLEDGED, ACCEPTED, OPEN,     ON_SCENE, CLOSED, -",
        "ACCEPTED,     -,            -,        OPEN,     ON_SCENE, CLOSED, -",
        "ON_SCENE,     -,            -,        -,        -,        CLOSED, -",
        "CLOSED,       -,            -,        -,        -,        -,      REOPENED",
        "CANCELLED,    -,            -,        -,        -,        CLOSED, REOPENED"
    })
    void eachStatusHasItsActs(
            Status from,
            String acknowledge,
            String accept,
            String reject,
            String arrive,
            String close,
            String reopen) {
        assertMoves(from, Act.ACKNOWLEDGE, acknowledge);
        assertMoves(from, Act.ACCEPT, accept);
        assertMoves(from, Act.REJECT, reject);
        assertMoves(from, Act.ARRIVE, arrive);
        assertMoves(from, Act.CLOSE, close);
        assertMoves(from, Act.REOPEN, reopen);
    }

    private static void assertMoves(Status from, Act act, String to) {
        assertThat(Lifecycle.apply(from, act))
                .as(from + " " + act)
                .isEqualTo(
                        to.equals("-")
                                ? new Refused(
                                        "is-"
                                                + from.name()
                                                        .toLowerCase(java.util.Locale.ROOT)
                                                        .replace('_', '-'))
                                : new Moved(Status.valueOf(to)));
    }
}
