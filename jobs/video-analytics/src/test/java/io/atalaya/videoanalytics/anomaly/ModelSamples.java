package io.atalaya.videoanalytics.anomaly;

import io.atalaya.deadletter.DeadLetter;
import io.atalaya.jobtests.FormatSample;
import io.atalaya.kafka.RawRecord;
import io.atalaya.kafka.Topics;
import io.atalaya.model.ModelControl;
import io.atalaya.model.ModelControlJson;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Samples of requests for versions of models, and of what became of them. */
public final class ModelSamples {
    private ModelSamples() {}

    /** On edges between operators, and of state. */
    public static List<FormatSample<?>> samples() {
        DeadLetter refusal = letter("active", "active: got \"9\", expected another");
        ModelVersions two = new ModelVersions(ModelKind.TRAJECTORY, "2", null);
        List<ModelNews> first =
                List.of(
                        two,
                        new ModelVersions(ModelKind.SCENE_ACTIVITY, null, "2026-11"),
                        new RefusedVersions(refusal));
        List<ModelNews> second = new ArrayList<>(first);
        second.add(new GrantedVersions(two, letter("granted", "granted: trajectory")));
        return List.of(new FormatSample<>(ModelNewsFormat.INSTANCE, List.of(first)).then(second));
    }

    private static DeadLetter letter(String field, String reason) {
        return new DeadLetter(
                new RawRecord(
                        Topics.MODEL_CONTROL,
                        0,
                        7,
                        AnomalySamples.NOON,
                        new byte[] {1},
                        new byte[] {2},
                        List.of()),
                field,
                reason);
    }

    /** A record of the topic. */
    static RawRecord record(String model, String active, String shadow) {
        return record(
                model,
                ModelControlJson.write(
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
