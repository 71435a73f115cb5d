package io.atalaya.ops.model;

import io.atalaya.contracts.model.ModelAnswer;
import io.atalaya.contracts.model.ModelControl;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ModelListingTest {
    private static AskedFor asked(String position, String active, String shadow) {
        return new AskedFor(
                new ModelControl("trajectory", active, shadow, "ana", null, 0), position);
    }

    private static ModelAnswer answer(boolean granted, String reason) {
        return new ModelAnswer(
                "trajectory",
                "2",
                "3",
                granted ? ModelAnswer.Answer.GRANTED : ModelAnswer.Answer.REJECTED,
                reason,
                "model-control-0-7",
                0);
    }

    private static String text(ModelListing listing) {
        StringWriter text = new StringWriter();
        listing.print(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void afterARefusalWhatIsServedIsActive() {
        ModelListing listing =
                new ModelListing(
                        "trajectory",
                        List.of(asked("a", "2", "3"), asked("b", "9", null)),
                        Map.of("a", answer(true, "served"), "b", answer(false, "no version 9")),
                        Map.of());

        assertThat(listing.refused()).isTrue();
        assertThat(text(listing).lines())
                .containsExactly(
                        "trajectory",
                        "  active  2",
                        "  shadow  3",
                        "  asked   active 9, shadow none",
                        "  by      ana, 1970-01-01T00:00:00Z",
                        "  REFUSED, and served as before: no version 9");
    }

    @Test
    void whatIsServedIsKnownByItsAnswerWhenTheBrokerHasForgottenTheRequest() {
        ModelListing listing =
                new ModelListing(
                        "trajectory",
                        List.of(asked("b", "9", null)),
                        Map.of("a", answer(true, "served"), "b", answer(false, "no version 9")),
                        Map.of());

        assertThat(text(listing)).contains("  active  2\n  shadow  3\n");
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        ModelListing listing =
                new ModelListing(
                        "trajectory",
                        List.of(asked("a", "2", null), new AskedFor(null, "b")),
                        Map.of("a", answer(true, "served")),
                        Map.of());

        assertThat(text(listing).lines())
                .containsExactly(
                        "trajectory",
                        "  active  2",
                        "  asked   for something that cannot be read",
                        "  no response from the job: not received yet, or expired");
    }

    @Test
    void versionsStandInAColumnHoweverLongTheirNames() {
        ModelListing listing =
                new ModelListing(
                        "trajectory",
                        List.of(),
                        Map.of(),
                        Map.of("1", "first", "2026-11-car-parks", "second"));

        assertThat(listing.refused()).isFalse();
        assertThat(text(listing))
                .contains("  1                  first\n")
                .contains("  2026-11-car-parks  second\n");
    }
}
