package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.SerializerSample;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Samples of model requests, and of their results. */
public final class ModelSamples {
    private ModelSamples() {}

    public static List<SerializerSample<?>> samples() {
        DeadLetter rejection =
                DeadLetter.invalid(request(), "active", "active: got \"9\", expected another");
        ModelRequestResult.Versions two =
                new ModelRequestResult.Versions(
                        ModelKind.TRAJECTORY, "2", null, new RecordPosition(1, 40));
        return List.of(
                SerializerSample.of(
                        ModelRequestResult.class,
                        two,
                        new ModelRequestResult.Versions(ModelKind.SCENE_ACTIVITY, null, "2026-11"),
                        new ModelRequestResult.Rejected(rejection),
                        new ModelRequestResult.Accepted(two, request(), "accepted: trajectory")),
                SerializerSample.of(
                        ModelAnswer.class,
                        new ModelAnswer(
                                "trajectory",
                                "2",
                                "3",
                                ModelAnswer.Answer.ACCEPTED,
                                "trajectory is served by 2, with 3 in shadow",
                                "model-control-0-7",
                                AnomalySamples.NOON),
                        new ModelAnswer(
                                "scene-activity",
                                null,
                                null,
                                ModelAnswer.Answer.REJECTED,
                                "value: got an empty message, expected a JSON object",
                                "model-control-0-8",
                                AnomalySamples.NOON)));
    }

    public static SerializerSample<?> ofRequests() {
        return SerializerSample.of(RawRecord.class, request());
    }

    private static RawRecord request() {
        return new RawRecord(
                Topics.MODEL_CONTROL,
                0,
                7,
                AnomalySamples.NOON,
                new byte[] {1},
                new byte[] {2},
                List.of());
    }

    /** A record of topic {@code model-control}. */
    static RawRecord record(String model, String active, String shadow) {
        return record(
                model,
                ModelControl.CODEC.write(
                        new ModelControl(model, active, shadow, "ana", null, AnomalySamples.NOON)));
    }

    static RawRecord record(String key, byte[] value) {
        return new RawRecord(
                Topics.MODEL_CONTROL,
                0,
                7,
                AnomalySamples.NOON,
                key.getBytes(StandardCharsets.UTF_8),
                value,
                List.of());
    }
}
