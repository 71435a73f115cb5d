package io.atalaya.bridge.delivery;

import io.atalaya.bridge.DispatchRecords;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.dispatch.NationalMessage.Purpose;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RawRecord.RawHeader;
import io.atalaya.contracts.topic.Topics;

import org.junit.jupiter.api.Test;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class QueuedMessageTest {
    /** What two agencies learn of one incident are two subjects, each for its agency alone. */
    @Test
    void aMessageForAnAgencyIsForNoOtherOne() throws Exception {
        QueuedMessage update = message("c5.one", Purpose.UPDATE, 70);
        QueuedMessage retraction = message("c5.two", Purpose.RETRACTION, null);

        assertThat(update.audience()).containsExactly("c5.one");
        assertThat(update.subject()).isNotEqualTo(retraction.subject());
        assertThat(update.incidentId()).isEqualTo("I").isEqualTo(retraction.incidentId());
        assertThat(update.priority()).isEqualTo(70);
        assertThat(retraction.audience()).containsExactly("c5.two");
        assertThat(retraction.priority()).isEqualTo(100);
    }

    /** As a digest whose incidents are forgotten. */
    @Test
    void aCovertIncidentOfWhichNoOneIsNotifiedIsForNoOne() throws Exception {
        RawRecord record = DispatchRecords.record("I", 7_000, 50, "FGJEM");
        assertThat(QueuedMessage.of(record).audience()).containsExactly("FGJEM");
        String value = new String(record.value(), UTF_8).replace(",\"notify\":[\"FGJEM\"]", "");
        RawRecord covert =
                new RawRecord(
                        record.topic(),
                        0,
                        1,
                        9,
                        record.key(),
                        value.getBytes(UTF_8),
                        record.headers());

        assertThat(QueuedMessage.of(covert).audience()).isNotNull().isEmpty();
        assertThat(QueuedMessage.of(DispatchRecords.record("I", 7_000, 50)).audience()).isNull();
    }

    private static QueuedMessage message(String agency, Purpose purpose, Integer priority)
            throws Exception {
        byte[] value =
                NationalMessage.CODEC.write(
                        new NationalMessage("M", agency, "I", 7, purpose, priority, "a.b.c"));
        return QueuedMessage.of(
                new RawRecord(
                        Topics.NATIONAL_EXCHANGE,
                        0,
                        1,
                        9,
                        "I".getBytes(UTF_8),
                        value,
                        List.of(new RawHeader("ce_id", "M".getBytes(UTF_8)))));
    }
}
