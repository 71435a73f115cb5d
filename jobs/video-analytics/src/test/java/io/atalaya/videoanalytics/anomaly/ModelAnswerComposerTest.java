package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Recipients and contents of the answers, also to invalid requests. */
class ModelAnswerComposerTest {
    private static final long AT = AnomalySamples.NOON + 1_250;

    @Test
    void acceptedRequestNamesServedVersions() {
        ModelRequestResult.Versions versions =
                new ModelRequestResult.Versions(ModelKind.TRAJECTORY, "2", "3");
        RawRecord request = ModelSamples.record("trajectory", "2", "3");
        assertThat(
                        ModelAnswerComposer.accepted(
                                new ModelRequestResult.Accepted(versions, request, "so it is"), AT))
                .isEqualTo(answer("trajectory", "2", "3", true, "so it is"));
    }

    @Test
    void rejectionNamesRequestedVersions() {
        assertThat(rejected(ModelSamples.record("trajectory", "9", "1"), "active: no"))
                .contains(answer("trajectory", "9", "1", false, "active: no"));
        assertThat(rejected(ModelSamples.record("plate-ocr", null, null), "model: no"))
                .as("of a model that the job does not have")
                .contains(answer("plate-ocr", null, null, false, "model: no"));
    }

    @Test
    void answersARequestWithoutKey() {
        RawRecord right = ModelSamples.record("trajectory", "2", null);
        assertThat(rejected(ModelSamples.record("scene-activity", right.value()), "key: no"))
                .contains(answer("trajectory", "2", null, false, "key: no"));
        assertThat(rejected(record(null, right.value()), "key: no"))
                .contains(answer("trajectory", "2", null, false, "key: no"));
    }

    @Test
    void answersAnUnreadableRequestByItsKey() {
        assertThat(rejected(ModelSamples.record("trajectory", new byte[] {1}), "value: no"))
                .contains(answer("trajectory", null, null, false, "value: no"));
        assertThat(rejected(ModelSamples.record("plate-ocr", null), "key: no"))
                .as("a removal")
                .contains(answer("plate-ocr", null, null, false, "key: no"));
    }

    @Test
    void composesNoAnswerWithoutAModel() {
        assertThat(rejected(record(null, new byte[] {1}), "value: no")).isEmpty();
        assertThat(rejected(record(new byte[0], null), "key: no")).isEmpty();
        assertThat(rejected(record(new byte[] {'.', '.', '/'}, new byte[] {1}), "no")).isEmpty();
        assertThat(rejected(record(new byte[] {-1}, new byte[] {1}), "no")).isEmpty();
    }

    /** Texts with lone surrogates, which JSON cannot hold, and with pairs. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars('a', 'ñ', '"', '\u0000', '\ud83d', '\ude97')
                .ofMaxLength(1_200);
    }

    /** A reason may quote anything, such as a manifest or the engine. */
    @Property(tries = 300)
    void anyReasonCanBeWrittenAndRead(@ForAll("texts") String quoted)
            throws InvalidRecordException {
        String reason = "active: " + quoted;
        ModelAnswer answer =
                rejected(ModelSamples.record("trajectory", "9", null), reason).orElseThrow();

        assertThat(ModelAnswer.CODEC.read(ModelAnswer.CODEC.write(answer))).isEqualTo(answer);
        if (reason.length() <= ModelAnswer.MAX_REASON) {
            assertThat(answer.reason()).hasSameSizeAs(reason);
        } else {
            assertThat(answer.reason()).hasSize(ModelAnswer.MAX_REASON).endsWith("…");
        }
    }

    private static Optional<ModelAnswer> rejected(RawRecord request, String reason) {
        return ModelAnswerComposer.rejected(
                new ModelRequestResult.Rejected(DeadLetter.invalid(request, "any", reason)), AT);
    }

    private static ModelAnswer answer(
            String model, String active, String shadow, boolean accepted, String reason) {
        return new ModelAnswer(
                model,
                active,
                shadow,
                accepted ? ModelAnswer.Answer.ACCEPTED : ModelAnswer.Answer.REJECTED,
                reason,
                "model-control-0-7",
                AT);
    }

    private static RawRecord record(byte[] key, byte[] value) {
        return new RawRecord(
                Topics.MODEL_CONTROL, 0, 7, AnomalySamples.NOON, key, value, List.of());
    }
}
