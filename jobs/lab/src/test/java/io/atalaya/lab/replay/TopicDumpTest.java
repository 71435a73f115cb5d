package io.atalaya.lab.replay;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RawRecord.RawHeader;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.DeadLetterRecord;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class TopicDumpTest {
    /** As of a dead letter that was fed again with its headers. */
    @Test
    void aRejectedRecordDoesNotReplaceTheReason() {
        RawRecord original =
                new RawRecord(
                        Topics.CALLS,
                        2,
                        7,
                        5,
                        null,
                        utf8("{}"),
                        List.of(
                                new RawHeader("reason", utf8("all is well")),
                                new RawHeader("topic", null),
                                new RawHeader("gateway", utf8("G"))));
        DeadLetter letter = DeadLetter.invalid(original, "callId", "callId: got nothing");
        ProducerRecord<byte[], byte[]> written = DeadLetterRecord.of(letter, "dispatch");

        assertThat(
                        TopicDump.line(
                                        new ConsumerRecord<>(
                                                written.topic(),
                                                0,
                                                0,
                                                written.timestamp(),
                                                TimestampType.CREATE_TIME,
                                                0,
                                                0,
                                                "calls-2-7",
                                                written.value(),
                                                written.headers(),
                                                Optional.empty()))
                                .headers())
                .containsEntry("reason", "callId: got nothing")
                .containsEntry("topic", Topics.CALLS)
                .containsEntry("gateway", "G");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
