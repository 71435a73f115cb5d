package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.model.ModelName;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RecordKey;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Composes the answer to a model request. */
final class ModelAnswerComposer {
    private ModelAnswerComposer() {}

    /**
     * @param at now, epoch ms
     */
    static ModelAnswer accepted(ModelRequestResult.Accepted accepted, long at) {
        ModelRequestResult.Versions versions = accepted.versions();
        return new ModelAnswer(
                versions.kind().model(),
                versions.active(),
                versions.shadow(),
                ModelAnswer.Answer.ACCEPTED,
                bounded(accepted.reason()),
                accepted.request().address().toString(),
                at);
    }

    /**
     * Empty if neither the record nor its key names a model. Then the requester cannot be
     * identified, and only the dead letter reports the rejection.
     *
     * @param at now, epoch ms
     */
    static Optional<ModelAnswer> rejected(ModelRequestResult.Rejected rejected, long at) {
        DeadLetter letter = rejected.letter();
        Optional<ModelControl> request = request(letter.value());
        return request.map(ModelControl::model)
                .or(() -> Optional.ofNullable(RecordKey.text(letter.key())).filter(ModelName::is))
                .map(
                        model ->
                                new ModelAnswer(
                                        model,
                                        request.map(ModelControl::active).orElse(null),
                                        request.map(ModelControl::shadow).orElse(null),
                                        ModelAnswer.Answer.REJECTED,
                                        bounded(reason(letter)),
                                        letter.address().toString(),
                                        at));
    }

    private static String reason(DeadLetter letter) {
        return letter.error() == null
                ? letter.reason()
                : letter.reason() + ": " + letter.error().exception();
    }

    private static Optional<ModelControl> request(byte[] value) {
        try {
            return Optional.of(ModelControl.CODEC.read(value));
        } catch (InvalidRecordException e) {
            // This is the reason for the rejection, which the answer already contains.
            return Optional.empty();
        }
    }

    /**
     * The reason, cut to the maximum length of an answer; the dead letter has the whole. Lone
     * surrogates are replaced, because a reason may quote a manifest or the engine and JSON cannot
     * hold them.
     */
    private static String bounded(String reason) {
        int max = ModelAnswer.MAX_REASON;
        String cut = reason.length() <= max ? reason : reason.substring(0, max - 1) + '…';
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
