package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;

/**
 * One message of topic {@code policy-answers}: whether dispatch follows a requested policy ({@link
 * PolicyRequest}).
 *
 * @param version that was requested, or null for an unreadable request or for the policy of the
 *     job's settings
 * @param faults every reason why it was rejected, at most {@value #MAX_FAULTS}; empty if accepted
 * @param request address of the request, {@code topic-partition-offset}; a rejected request has a
 *     dead letter with that key
 * @param answeredAt when the job answered, epoch ms
 */
public record PolicyAnswer(
        String version,
        Answer answer,
        List<String> faults,
        String request,
        @JsonProperty("at") @EpochMillis long answeredAt) {
    public static final RecordCodec<PolicyAnswer> CODEC =
            new RecordCodec<>(PolicyAnswer.class, 512 * 1024);

    public static final int MAX_FAULTS = 100;
    public static final int MAX_FAULT = 1024;

    public PolicyAnswer {
        Limits.idOrNull("version", version);
        Field.required("answer", answer);
        faults = Field.texts("faults", faults, MAX_FAULTS, MAX_FAULT);
        if (faults.isEmpty() != (answer == Answer.ACCEPTED)) {
            throw Field.fault(
                    "faults", faults.size() + " faults", "some if and only if it is rejected");
        }
        Field.visible("request", request, 256);
        Field.time("at", answeredAt);
    }

    /** Whether the request is accepted. */
    public enum Answer {
        /** The policy is in force from now on. */
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
