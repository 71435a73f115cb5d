package io.atalaya.console.connection;

import io.atalaya.console.TestBroker;
import io.atalaya.console.request.Problem;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a browser reads of a broker that does not answer. */
@Tag("attack")
class BrokerTest {
    @Test
    void keepsItsFaultsInTheLog() throws Exception {
        String gone = "localhost:" + TestBroker.freePort();
        try (Broker broker = new Broker(TestBroker.settings(Map.of("bootstrap.servers", gone)))) {
            assertThatThrownBy(() -> broker.send("mutes", "m", new byte[0], Map.of()))
                    .isInstanceOf(Problem.class)
                    .hasMessage("unavailable: the broker has not taken it");
        }
    }
}
