package io.atalaya.console;

import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;

import static org.assertj.core.api.Assertions.assertThat;

/** What a browser hears while the database is away, in which the sessions are. */
class AwayTest {
    @Test
    void aRequestIsAnsweredThatItCannotBeDone() throws Exception {
        FilterChain sessions =
                (request, response) -> {
                    throw new CannotCreateTransactionException("no connection");
                };
        MockHttpServletResponse response = new MockHttpServletResponse();
        Console.serve(new MockHttpServletRequest(), response, sessions);
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).contains("\"unavailable\"");
    }
}
