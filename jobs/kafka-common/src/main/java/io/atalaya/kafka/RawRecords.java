package io.atalaya.kafka;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import java.util.ArrayList;
import java.util.List;

/** Copies of records without Kafka's types. */
public final class RawRecords {
    private RawRecords() {}

    public static RawRecord of(ConsumerRecord<byte[], byte[]> record) {
        return new RawRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                record.value(),
                headers(record.headers()));
    }

    public static List<RawRecord.RawHeader> headers(Headers of) {
        Header[] headers = of.toArray();
        if (headers.length == 0) {
            return List.of();
        }
        List<RawRecord.RawHeader> copies = new ArrayList<>(headers.length);
        for (Header header : headers) {
            copies.add(new RawRecord.RawHeader(header.key(), header.value()));
        }
        return copies;
    }
}
