package io.atalaya.console.account;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;

import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

@Tag("attack")
class PasskeysTest {
    private final Passkeys passkeys = new Passkeys(mock(JdbcOperations.class), "https://c.example");

    @Test
    void onesPasswordKeepsNoOneElseOut() {
        HttpSession luis = asked("luis");
        HttpSession first = asked("ana");
        for (int i = 0; i < 2_000; i++) {
            asked("ana");
        }

        assertThat(passkeys.asked(request(luis))).isEqualTo("luis");
        assertThat(passkeys.asked(request(asked("ana")))).isEqualTo("ana");
        assertThat(passkeys.asked(request(first))).as("the oldest made room").isNull();
    }

    private HttpSession asked(String account) {
        HttpSession session = new MockHttpSession();
        Accounts.Account of =
                Accounts.Account.invited(account, account, Set.of(), Set.of(), Set.of(), null);
        passkeys.ask(new Accounts.Proven(of, "m"), session);
        return session;
    }

    private static MockHttpServletRequest request(HttpSession session) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setSession(session);
        return request;
    }
}
