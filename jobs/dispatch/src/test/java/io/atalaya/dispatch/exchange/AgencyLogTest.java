package io.atalaya.dispatch.exchange;

import io.atalaya.dispatch.exchange.AgencyLog.Addition;
import io.atalaya.dispatch.exchange.AgencyState.Report;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of the messages of another agency, and for how long. */
class AgencyLogTest {
    private static final long NOW = 1_783_684_800L;
    private static final long HOUR = 3_600;

    private final AgencyLog log = new AgencyLog();

    private static Addition addition(int number, long time) {
        Addition addition = new Addition("M-" + number, time);
        addition.entries.put("E-" + number, time);
        addition.reports.put("I-" + number, new Report(number, time));
        return addition;
    }

    @Test
    void allIsForgottenWhenNoPolicyWouldAcceptItAgain() {
        log.add(addition(1, NOW));
        log.add(addition(2, NOW + HOUR));
        log.forget((NOW + 49 * HOUR) * 1000);
        assertThat(log.hasMessage("M-1")).isTrue();
        log.forget((NOW + 49 * HOUR + 61) * 1000);
        assertThat(log.hasMessage("M-1")).isFalse();
        assertThat(log.state().entries()).containsOnlyKeys("E-2");
        assertThat(log.state().reports()).containsOnlyKeys("I-2");
        log.forget((NOW + 51 * HOUR) * 1000);
        assertThat(log.isEmpty()).isTrue();
    }

    @Test
    void aChangeIsStoredOnce() {
        assertThat(log.takeChanged()).isFalse();
        log.add(addition(1, NOW));
        assertThat(log.takeChanged()).isTrue();
        log.forget(NOW * 1000);
        assertThat(log.takeChanged()).isFalse();
        log.forget((NOW + 50 * HOUR) * 1000);
        assertThat(log.takeChanged()).isTrue();
        assertThat(new AgencyLog(log.state()).isEmpty()).isTrue();
    }

    @Test
    void hasRoomForWhatItKnowsAndNoMore() {
        Addition many = new Addition("M-0", NOW);
        for (int i = 0; i < AgencyLog.MAX_SIZE; i++) {
            many.entries.put("E-" + i, NOW);
        }
        assertThat(log.hasRoomFor(many)).isTrue();
        log.add(many);
        assertThat(log.hasRoomFor(addition(1, NOW))).isTrue();
        assertThat(log.hasRoomFor(addition(AgencyLog.MAX_SIZE, NOW))).isFalse();
    }
}
