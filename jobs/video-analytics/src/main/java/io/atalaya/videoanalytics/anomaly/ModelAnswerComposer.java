package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelAnswerCodec;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.model.ModelControlCodec;
import io.atalaya.contracts.model.ModelName;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RecordKey;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Words an answer to a request for versions, for who asked. */
final class ModelAnswerComposer {
    private ModelAnswerComposer() {}

    /**
     * @param at now, epoch ms
     */
    static ModelAnswer granted(AcceptedRequest granted, long at) {
        ModelVersions versions = granted.versions();
        return new ModelAnswer(
                versions.kind().model(),
                versions.active(),
                versions.shadow(),
                true,
                bounded(granted.reason()),
                granted.request().address().toString(),
                at);
    }

    /**
     * Empty if neither the record nor its key names a model: then nobody can be found who waits for
     * the answer, and the dead letter alone says it.
     *
     * @param at now, epoch ms
     */
    static Optional<ModelAnswer> refused(RejectedRequest refused, long at) {
        DeadLetter letter = refused.letter();
        Optional<ModelControl> wish = wish(letter.value());
        return wish.map(ModelControl::model)
                .or(() -> Optional.ofNullable(RecordKey.text(letter.key())).filter(ModelName::is))
                .map(
                        model ->
                                new ModelAnswer(
                                        model,
                                        wish.map(ModelControl::active).orElse(null),
                                        wish.map(ModelControl::shadow).orElse(null),
                                        false,
                                        bounded(reason(letter)),
                                        letter.address().toString(),
                                        at));
    }

    private static String reason(DeadLetter letter) {
        return letter.error() == null
                ? letter.reason()
                : letter.reason() + ": " + letter.error().exception();
    }

    private static Optional<ModelControl> wish(byte[] value) {
        try {
            return Optional.of(ModelControlCodec.read(value));
        } catch (InvalidRecordException e) {
            // That is why it is refused; the reason says so.
            return Optional.empty();
        }
    }

    /**
     * As much as an answer takes; the dead letter has the whole. A reason may quote a manifest or
     * the engine, so that half surrogate pairs are possible, which no JSON can hold.
     */
    private static String bounded(String reason) {
        int max = ModelAnswerCodec.MAX_REASON;
        String cut = reason.length() <= max ? reason : reason.substring(0, max - 1) + '…';
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
