package io.atalaya.contracts.model;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One message of topic {@code model-answers}: a job's answer to a request for versions of a model
 * ({@link ModelControl}).
 *
 * @param model whose versions were requested
 * @param active the version requested to raise alerts, or null for the one of the job's settings or
 *     for an unreadable request
 * @param shadow the version requested to run beside it, or null for no version or for an unreadable
 *     request
 * @param reason one sentence of 1 to {@value #MAX_REASON} characters: what is served, or why the
 *     request was rejected
 * @param request address of the request, {@code topic-partition-offset}; a rejected request has a
 *     dead letter with that key
 * @param answeredAt when the job answered, epoch ms
 */
public record ModelAnswer(
        String model,
        String active,
        String shadow,
        Answer answer,
        String reason,
        String request,
        @JsonProperty("at") @EpochMillis long answeredAt) {
    public static final RecordCodec<ModelAnswer> CODEC =
            new RecordCodec<>(ModelAnswer.class, 16 * 1024);
    public static final int MAX_REASON = 1024;

    public ModelAnswer {
        ModelName.require("model", Field.required("model", model));
        ModelName.require("active", active);
        ModelName.require("shadow", shadow);
        Field.required("answer", answer);
        Field.visible("reason", reason, MAX_REASON);
        Field.visible("request", request, 256);
        Field.time("at", answeredAt);
    }

    /** Whether the request is accepted. */
    public enum Answer {
        /** The job serves these versions from now on. */
        @JsonProperty("accepted")
        ACCEPTED,
        /** Nothing changes. */
        @JsonProperty("rejected")
        REJECTED
    }

    public boolean isAccepted() {
        return answer == Answer.ACCEPTED;
    }
}
