package io.atalaya.contracts.model;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One message of topic {@code model-control}: a request for the versions of a model to serve. It is
 * complete, not a change, so that the last record of a model is sufficient. It names versions, not
 * files.
 *
 * @param model its name, for example {@code trajectory}
 * @param active the version whose scores raise alerts, or null for the one of the job's settings
 * @param shadow a version that runs beside the active one without raising alerts, or null for no
 *     such version
 * @param requestedBy person who requests it; required, because a person must answer for a model
 *     whose alerts direct dispatch
 * @param purpose of the request, or null
 * @param requestedAt of the request, epoch ms
 */
public record ModelControl(
        String model,
        String active,
        String shadow,
        String requestedBy,
        String purpose,
        @JsonProperty("time") @EpochMillis long requestedAt) {
    public static final RecordCodec<ModelControl> CODEC =
            new RecordCodec<>(ModelControl.class, 16 * 1024);

    public ModelControl {
        ModelName.require("model", Field.required("model", model));
        ModelName.require("active", active);
        ModelName.require("shadow", shadow);
        Field.visible("requestedBy", requestedBy, 128);
        Field.textOrNull("purpose", purpose, 0, 1024);
        Field.time("time", requestedAt);
        if (shadow != null && shadow.equals(active)) {
            throw Field.invalid("shadow", shadow, "another version than the active");
        }
    }
}
