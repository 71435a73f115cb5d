package io.atalaya.flink.kafka;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.serializer.BinaryTypeInfo;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

import java.util.ArrayList;
import java.util.List;

/** Passes records on unchanged, because rejected ones must reach the dead letter complete. */
final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(
                new RawRecord(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        headers(record)));
    }

    private static List<RawRecord.RawHeader> headers(ConsumerRecord<byte[], byte[]> record) {
        Header[] headers = record.headers().toArray();
        if (headers.length == 0) {
            return List.of();
        }
        List<RawRecord.RawHeader> copies = new ArrayList<>(headers.length);
        for (Header header : headers) {
            copies.add(new RawRecord.RawHeader(header.key(), header.value()));
        }
        return copies;
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return BinaryTypeInfo.of(RawRecord.class);
    }
}
