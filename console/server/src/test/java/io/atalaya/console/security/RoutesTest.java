package io.atalaya.console.security;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("attack")
class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /api/%69tems, /api/items",
        "GET, /%61pi/items, /api/items",
        "POST, /%61pi/login, /api/login",
        "POST, /api/l%6Fgin, /api/login"
    })
    void isTheSameHoweverThePathIsWritten(String method, String path, String pattern) {
        Routes.Route route = Routes.of(new MockHttpServletRequest(method, path));

        assertThat(route).isNotNull();
        assertThat(route.pattern()).isEqualTo(pattern);
    }

    @Test
    void letsNoStrangerSendMoreThanEightKiB() {
        assertThat(Routes.ALL)
                .filteredOn(each -> each.roles() == null)
                .isNotEmpty()
                .allMatch(each -> each.maxBodyBytes() <= 8 * 1024);
    }
}
