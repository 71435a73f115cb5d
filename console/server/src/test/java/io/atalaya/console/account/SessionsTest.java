package io.atalaya.console.account;

import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Role;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.session.FindByIndexNameSessionRepository;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

@Tag("attack")
class SessionsTest {
    private final Accounts accounts = mock(Accounts.class);
    private final Sessions sessions =
            new Sessions(accounts, mock(FindByIndexNameSessionRepository.class));

    /** What a console finds in the database after a restart. */
    private static Sessions.Signed stored(Duration idle, boolean isLocked) {
        long now = System.currentTimeMillis();
        MockHttpSession session = new MockHttpSession();
        session.setAttribute("key", "k");
        session.setAttribute("name", "ana");
        session.setAttribute("until", now + Sessions.LENGTH.toMillis());
        session.setAttribute("mark", "m");
        session.setAttribute("active", now - idle.toMillis());
        session.setAttribute("locked", isLocked);
        return new Sessions.Signed(session, false, null);
    }

    @Test
    void staysLockedOverARestart() {
        long now = System.currentTimeMillis();

        assertThat(stored(Sessions.IDLE.plusMinutes(1), false).isLocked(now)).isTrue();
        assertThat(stored(Sessions.IDLE.minusMinutes(1), false).isLocked(now)).isFalse();
        assertThat(stored(Duration.ZERO, true).isLocked(now)).isTrue();
    }

    @Test
    void requestsThatHaveBegunFindThatTheirSessionHasEnded() {
        MockHttpSession session = begun();
        MockHttpServletRequest begun = request(copyOf(session));
        Sessions.Signed signed = sessions.of(request(session));

        sessions.end(request(session));

        assertThat(signed.isOver(System.currentTimeMillis())).as("for its streams").isTrue();
        sessions.forgetOver();
        assertThat(sessions.of(begun)).isNull();
    }

    @Test
    void aNewLoginEndsTheSessionBefore() {
        MockHttpSession session = begun();
        Sessions.Signed signed = sessions.of(request(session));

        sessions.renewed(request(session));

        assertThat(signed.isOver(System.currentTimeMillis())).isTrue();
    }

    @Test
    void forgetsASessionSomeTimeAfterItsEnd() throws Exception {
        MockHttpSession session = begun();
        Sessions.Signed signed = sessions.of(request(session));
        sessions.forgetOver();
        assertThat(sessions.size()).isEqualTo(1);

        sessions.end(request(session));
        Field until = Sessions.Signed.class.getDeclaredField("until");
        until.setAccessible(true);
        until.setLong(signed, System.currentTimeMillis() - Duration.ofMinutes(2).toMillis());
        sessions.forgetOver();

        assertThat(sessions.size()).isZero();
    }

    /** Each request has a copy of its session as the database has it. */
    @Test
    void countsWrongPinsOfAllRequestsOfASession() {
        MockHttpSession session = begun();
        AtomicInteger checks = new AtomicInteger();
        for (int i = 0; i < 20; i++) {
            MockHttpServletRequest request = request(copyOf(session));
            assertThatThrownBy(
                            () ->
                                    sessions.unlock(
                                            request,
                                            () -> {
                                                checks.incrementAndGet();
                                                return false;
                                            }))
                    .isInstanceOf(Problem.class);
        }
        assertThat(checks).hasValue(5);
    }

    /** A check that is refused because too many wait is no wrong PIN. */
    @Test
    void countsNoPinThatWasNotChecked() {
        MockHttpSession session = begun();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(
                            () ->
                                    sessions.unlock(
                                            request(session),
                                            () -> {
                                                throw Problem.tooMany(1);
                                            }))
                    .hasMessageContaining("too-many");
        }
        sessions.unlock(request(session), () -> true);
        assertThat(sessions.of(request(session)).isLocked(System.currentTimeMillis())).isFalse();
    }

    private MockHttpSession begun() {
        Accounts.Account ana =
                Accounts.Account.invited(
                        "ana", "Ana", Set.of(Role.DISPATCHER), Set.of(), Set.of(), null);
        when(accounts.active("ana")).thenReturn(ana);
        when(accounts.mark("ana")).thenReturn("m");
        MockHttpServletRequest login = request(new MockHttpSession());
        sessions.begin(login, new Accounts.Proven(ana, "m"), "TOLUCA", "T-1");
        return (MockHttpSession) login.getSession(false);
    }

    private static MockHttpServletRequest request(MockHttpSession session) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSession(session);
        return request;
    }

    private static MockHttpSession copyOf(MockHttpSession session) {
        MockHttpSession copy = new MockHttpSession();
        Collections.list(session.getAttributeNames())
                .forEach(each -> copy.setAttribute(each, session.getAttribute(each)));
        return copy;
    }
}
