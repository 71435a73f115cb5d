package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.DeadLetter;

import org.apache.flink.streaming.api.datastream.DataStream;

/** Output streams. */
public record HotlistMatchOutputs(DataStream<Alert> alerts, DataStream<DeadLetter> deadLetters) {}
