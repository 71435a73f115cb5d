package io.atalaya.videoanalytics;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.flink.streaming.api.datastream.DataStream;

/** Input streams of raw records with their arrival time as Flink timestamp. */
public record VideoAnalyticsInputs(
        DataStream<RawRecord> cameraFrames,
        DataStream<RawRecord> devices,
        DataStream<RawRecord> modelControl) {}
