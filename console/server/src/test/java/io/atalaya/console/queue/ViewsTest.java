package io.atalaya.console.queue;

import io.atalaya.console.request.Problem;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ViewsTest {
    /** As {@code URLSearchParams} of a browser writes them. */
    @Test
    void readsAQueryAsABrowserWritesIt() {
        var parameters = Views.Filter.parameters("?list=QUEUE&plate=NKR%3F8*&text=a+b&list=DONE&x");
        assertThat(parameters.getFirst("plate")).isEqualTo("NKR?8*");
        assertThat(parameters.getFirst("text")).isEqualTo("a b");
        assertThat(parameters.get("list")).isEqualTo(List.of("QUEUE", "DONE"));
        assertThat(parameters.get("x")).containsOnlyNulls();
    }

    @Test
    void refusesWhatNoPersonWritesAlsoEncoded() {
        assertThatThrownBy(() -> Views.Filter.parameters("plate=A%00"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("U+0000");
    }
}
