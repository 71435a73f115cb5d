package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class IncidentRecordsTest {
    private final EngineRun run = new EngineRun();

    /** A consumer drops a message whose id it knows. */
    @Test
    void aReminderThatComesAgainHasAnotherId() {
        assertThat(id(Purpose.REMINDER, "unanswered", 1))
                .isNotEqualTo(id(Purpose.REMINDER, "unanswered", 2));
        assertThat(id(Purpose.UPDATE, "is-closed", 1))
                .isNotEqualTo(id(Purpose.UPDATE, "is-closed", 2));
        assertThat(id(Purpose.WITHDRAWN, "accepted-by-other", 1))
                .as("of another answer in vain")
                .isNotEqualTo(id(Purpose.WITHDRAWN, "accepted-by-other", 2));
        assertThat(id(Purpose.ASSIGN, "jurisdiction", 1))
                .as("after a failure")
                .isEqualTo(id(Purpose.ASSIGN, "jurisdiction", 2));
        assertThat(id(Purpose.UPDATE, null, 1)).endsWith(":UPDATE");
    }

    private String id(Purpose purpose, String reason, long time) {
        if (run.incidents.isEmpty()) {
            run.add(run.call("c", "security", 0));
        }
        RawRecord record =
                new IncidentRecords("dispatch")
                        .message(
                                Topics.DISPATCH_TOLUCA,
                                new DispatchMessage(purpose, 1, reason, run.only()),
                                run.now + time);
        return record.headers().stream()
                .filter(header -> header.name().equals("ce_id"))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
