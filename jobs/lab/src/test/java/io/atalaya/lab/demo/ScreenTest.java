package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenTest {
    private final StringWriter shown = new StringWriter();
    private final Screen screen =
            new Screen(
                    new PrintWriter(shown),
                    new AlertPrinter(Language.EN, AnsiColor.PLAIN, ZoneId.of("UTC"), Map.of()),
                    Language.EN);

    @Test
    void printsInFullFirstAndWhenAReviewBecomesAnAlert() {
        Alerts alert = Alerts.alert("a");
        screen.show(alert.review().build(), 0);
        assertThat(take()).contains("REVIEW ").contains("score");
        screen.show(alert.review().revision(2, Alert.Status.UPDATED).build(), 1_000);
        assertThat(take()).doesNotContain("REVIEW ").contains("└ updated");
        screen.show(alert.revision(3, Alert.Status.UPDATED).build(), 2_000);
        assertThat(take()).contains("ALERT ", "listed", "[was REVIEW, now ALERT]");
        screen.show(alert.review().revision(3, Alert.Status.UPDATED).build(), 2_000);
        assertThat(take()).contains("└ updated  [was ALERT, now REVIEW]").doesNotContain("listed");
        screen.show(alert.revision(4, Alert.Status.ENDED).build(), 3_000);
        assertThat(take()).contains("└ ended");
    }

    @Test
    void countsABurstOfPastMatchesWithoutHidingLiveAlerts() {
        for (int i = 0; i < 100; i++) {
            screen.show(Alerts.alert("past-" + i).ofThePast().build(), 0);
        }
        screen.show(Alerts.alert("live").build(), 0);
        String text = take();
        assertThat(text.split("\\[retrospective]", -1).length - 1).isBetween(5, 30);
        assertThat(text).contains("too fast to read").contains("#live");
    }

    private String take() {
        String text = shown.toString();
        shown.getBuffer().setLength(0);
        return text;
    }
}
