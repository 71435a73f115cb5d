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
    private static ModelRequest request(String position, String active, String shadow) {
        return new ModelRequest(
                new ModelControl("trajectory", active, shadow, "ana", null, 0), position);
    }

    private static ModelAnswer answer(boolean accepted, String reason) {
        return new ModelAnswer(
                "trajectory",
                "2",
                "3",
                accepted ? ModelAnswer.Answer.ACCEPTED : ModelAnswer.Answer.REJECTED,
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
    void afterARejectionWhatIsServedIsActive() {
        ModelListing listing =
                new ModelListing(
                        "trajectory",
                        List.of(request("a", "2", "3"), request("b", "9", null)),
                        Map.of("a", answer(true, "served"), "b", answer(false, "no version 9")),
                        Map.of());

        assertThat(listing.rejected()).isTrue();
        assertThat(text(listing).lines())
                .containsExactly(
                        "trajectory",
                        "  active  2",
                        "  shadow  3",
                        "  wanted  active 9, shadow none",
                        "  by      ana, 1970-01-01T00:00:00Z",
                        "  REJECTED, and served as before: no version 9");
    }

    @Test
    void theAnswerNamesServedVersionsWithoutTheRequest() {
        ModelListing listing =
                new ModelListing(
                        "trajectory",
                        List.of(request("b", "9", null)),
                        Map.of("a", answer(true, "served"), "b", answer(false, "no version 9")),
                        Map.of());

        assertThat(text(listing)).contains("  active  2\n  shadow  3\n");
    }

    @Test
    void whatCannotBeReadChangesNothing() {
        ModelListing listing =
                new ModelListing(
                        "trajectory",
                        List.of(request("a", "2", null), new ModelRequest(null, "b")),
                        Map.of("a", answer(true, "served")),
                        Map.of());

        assertThat(text(listing).lines())
                .containsExactly(
                        "trajectory",
                        "  active  2",
                        "  wanted  what cannot be read",
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

        assertThat(listing.rejected()).isFalse();
        assertThat(text(listing))
                .contains("  1                  first\n")
                .contains("  2026-11-car-parks  second\n");
    }
}
