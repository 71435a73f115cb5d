package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One message of topic {@code policy}: the policy that dispatch is to follow. It is complete, not a
 * change, so that the last record is sufficient.
 *
 * @param version the one in its file {@code policy.yaml}
 * @param files contents of the policy's files, by their names without {@code .yaml}
 * @param requestedBy person who requests it, because a person must answer for who is notified
 * @param purpose of the request, or null
 * @param requestedAt of the request, epoch ms
 */
public record PolicyRequest(
        String version,
        @JsonSetter(contentNulls = Nulls.FAIL) Map<String, String> files,
        String requestedBy,
        String purpose,
        @JsonProperty("time") @EpochMillis long requestedAt) {
    /** Key of every record, so that the topic keeps the last one. */
    public static final String KEY = "dispatch";

    public static final int MAX_BYTES = 4 * 1024 * 1024;

    public static final RecordCodec<PolicyRequest> CODEC =
            new RecordCodec<>(PolicyRequest.class, MAX_BYTES);

    private static final int MAX_FILES = 64;

    /** Of a file; no string of a message is longer. */
    private static final int MAX_CHARACTERS = 1 << 20;

    public PolicyRequest {
        Limits.id("version", version);
        Field.required("files", files);
        if (files.isEmpty() || files.size() > MAX_FILES) {
            throw Field.fault("files", files.size() + " files", "1 to " + MAX_FILES + " files");
        }
        files.forEach(
                (name, text) -> {
                    Limits.id("files", name);
                    Field.text("files." + name, text, 0, MAX_CHARACTERS);
                });
        // The same request is the same bytes in every process.
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        Field.visible("requestedBy", requestedBy, Limits.MAX_NAME);
        Field.textOrNull("purpose", purpose, 0, Limits.MAX_REASON);
        Field.time("time", requestedAt);
    }
}
