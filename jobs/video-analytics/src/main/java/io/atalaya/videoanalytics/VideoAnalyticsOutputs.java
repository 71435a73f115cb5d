package io.atalaya.videoanalytics;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.topic.DeadLetter;

import org.apache.flink.streaming.api.datastream.DataStream;

/** Output streams of the pipeline. */
public record VideoAnalyticsOutputs(
        DataStream<Alert> alerts,
        DataStream<ModelAnswer> modelAnswers,
        DataStream<DeadLetter> deadLetters) {}
