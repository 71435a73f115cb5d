package io.atalaya.console.account;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpSession;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("attack")
class SessionsTest {
    /** What a console finds in the database after a restart. */
    private static Sessions.Signed stored(Duration idle) {
        long now = System.currentTimeMillis();
        MockHttpSession session = new MockHttpSession();
        session.setAttribute("key", "k");
        session.setAttribute("name", "ana");
        session.setAttribute("until", now + Sessions.LENGTH.toMillis());
        session.setAttribute("mark", "m");
        session.setAttribute("active", now - idle.toMillis());
        return new Sessions.Signed(session, false, null);
    }

    @Test
    void staysLockedForIdlenessOverARestart() {
        long now = System.currentTimeMillis();

        assertThat(stored(Sessions.IDLE.plusMinutes(1)).isLocked(now)).isTrue();
        assertThat(stored(Sessions.IDLE.minusMinutes(1)).isLocked(now)).isFalse();
    }
}
