package io.atalaya.flink.kafka;

import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.kafka.RawRecords;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Passes records on unchanged, because rejected ones must reach the dead letter complete. */
final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {
    private static final long serialVersionUID = 1L;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
        out.collect(RawRecords.of(record));
    }

    @Override
    public TypeInformation<RawRecord> getProducedType() {
        return BinaryTypeInfo.of(RawRecord.class);
    }
}
