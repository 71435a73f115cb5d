package io.atalaya.videoanalytics;

import io.atalaya.alert.Alert;
import io.atalaya.deadletter.DeadLetter;
import io.atalaya.model.ModelAnswer;

import org.apache.flink.streaming.api.datastream.DataStream;

/** What goes out. */
public record VideoAnalyticsOutputs(
        DataStream<Alert> alerts,
        DataStream<ModelAnswer> modelAnswers,
        DataStream<DeadLetter> deadLetters) {}
