package io.atalaya.inference;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SharedResourcesTest {
    private final List<String> events = new ArrayList<>();
    private final SharedResources<String, AutoCloseable> shared =
            new SharedResources<>(
                    key -> {
                        if (key.isEmpty()) {
                            throw new InvalidModelException("nothing");
                        }
                        events.add("made " + key);
                        return () -> events.add("closed " + key);
                    });

    @Test
    void createsForTheFirstUserAndClosesAfterTheLast() throws Exception {
        AutoCloseable first = shared.acquire("a");
        assertThat(shared.acquire("a")).isSameAs(first);
        shared.acquire("b");
        shared.release("a");
        assertThat(events).containsExactly("made a", "made b");

        shared.release("a");
        shared.release("b");

        assertThat(events).containsExactly("made a", "made b", "closed a", "closed b");
        assertThat(shared.acquire("a")).isNotSameAs(first);
    }

    @Test
    void doesNotKeepAFailedValue() {
        assertThatThrownBy(() -> shared.acquire("")).isInstanceOf(InvalidModelException.class);
        assertThatThrownBy(() -> shared.release("")).isInstanceOf(IllegalStateException.class);
    }
}
