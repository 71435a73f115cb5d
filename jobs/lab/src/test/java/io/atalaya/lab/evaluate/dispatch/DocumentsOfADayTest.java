package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.bridge.format.CapFormat;
import io.atalaya.bridge.format.Documents;
import io.atalaya.bridge.format.EidoFormat;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Every message to the sites on a simulated day can be sent in every format. */
class DocumentsOfADayTest {
    /** Tuesday, noon. */
    private static final long NOON = 1_772_560_800_000L;

    /** So long that every kind of message is there. */
    private static final int MINUTES = 45;

    @Test
    void everyMessageGivesValidDocuments() throws Exception {
        DispatchDay day =
                DispatchDay.generate(
                        DispatchOptions.defaults(43, NOON)
                                .withMinutes(MINUTES)
                                .withLoad(0.25)
                                .withButtons(100, 0));
        DispatchLog log = CoreRun.of(day, PolicyReader.read(Path.of("../../policy")));
        EidoFormat eido = new EidoFormat("c5.example");
        CapFormat cap = new CapFormat("c5.example", Duration.ofHours(24));
        Map<String, QueuedMessage> last = new HashMap<>();
        Set<Enum<?>> seen = new HashSet<>();
        for (DispatchLog.Message each : log.messages()) {
            String key = each.site() + each.incident().incidentId();
            QueuedMessage message =
                    DispatchRecords.queued(each.message(), each.time(), last.get(key));
            last.put(key, message);
            seen.add(each.message().purpose());
            seen.add(each.incident().kind());
            assertThat(Documents.eidoFaults(eido.body(message))).isEmpty();
            assertThat(Documents.capFaults(cap.body(message))).isEmpty();
        }
        assertThat(log.messages()).hasSizeGreaterThan(300);
        assertThat(seen).containsAll(EnumSet.allOf(Purpose.class));
        assertThat(seen).containsAll(EnumSet.allOf(Incident.Kind.class));
    }
}
