package io.atalaya.videoanalytics;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.topic.DeadLetter;

import org.apache.flink.streaming.api.datastream.DataStream;

/** What goes out. */
public record VideoAnalyticsOutputs(
        DataStream<Alert> alerts,
        DataStream<ModelAnswer> modelAnswers,
        DataStream<DeadLetter> deadLetters) {}
