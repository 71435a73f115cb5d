package io.atalaya.hotlistmatch;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Input streams of raw records whose Flink timestamp is the arrival time.
 *
 * @param published the job's own alerts, read back
 */
public record HotlistMatchInputs(
        DataStream<RawRecord> plateReads,
        DataStream<RawRecord> rfidReads,
        DataStream<RawRecord> hotlist,
        DataStream<RawRecord> devices,
        DataStream<RawRecord> dispositions,
        DataStream<RawRecord> published) {}
