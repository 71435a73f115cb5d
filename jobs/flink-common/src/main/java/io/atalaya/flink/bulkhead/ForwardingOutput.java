package io.atalaya.flink.bulkhead;

import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.LatencyMarker;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/** Forwards everything except records. */
abstract class ForwardingOutput<T> implements Output<StreamRecord<T>> {
    final Output<StreamRecord<T>> target;

    ForwardingOutput(Output<StreamRecord<T>> target) {
        this.target = target;
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        target.emitWatermark(watermark);
    }

    @Override
    public void emitWatermark(WatermarkEvent watermark) {
        target.emitWatermark(watermark);
    }

    @Override
    public void emitWatermarkStatus(WatermarkStatus status) {
        target.emitWatermarkStatus(status);
    }

    @Override
    public void emitLatencyMarker(LatencyMarker marker) {
        target.emitLatencyMarker(marker);
    }

    @Override
    public void emitRecordAttributes(RecordAttributes attributes) {
        target.emitRecordAttributes(attributes);
    }

    @Override
    public void close() {
        target.close();
    }
}
