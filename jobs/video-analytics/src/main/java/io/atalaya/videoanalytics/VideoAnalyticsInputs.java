package io.atalaya.videoanalytics;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.flink.streaming.api.datastream.DataStream;

/** What comes in, as raw records whose event time is their arrival. */
public record VideoAnalyticsInputs(
        DataStream<RawRecord> cameraFrames,
        DataStream<RawRecord> devices,
        DataStream<RawRecord> modelControl) {}
