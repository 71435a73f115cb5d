package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Prints alerts and incidents as they arrive. Those beyond a readable rate are only counted,
 * because a burst of past-read matches must not push a live alert off the screen.
 */
final class Screen {
    /** Alert blocks per second that a person can follow, and how many may come at once. */
    private static final double A_SECOND = 3;

    private static final double AT_ONCE = 12;

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private static final int SHORT_ID = 8;

    private final PrintWriter out;
    private final AlertPrinter printer;
    private final Language language;
    private final Map<String, Alert.Action> shown = new HashMap<>();
    private double allowance = AT_ONCE;
    private long allowanceAt;
    private int unseen;

    Screen(PrintWriter out, AlertPrinter printer, Language language) {
        this.out = out;
        this.printer = printer;
        this.language = language;
    }

    /** A time of day as everything on the screen shows it. */
    static String clock(long epochMillis, ZoneId zone) {
        return CLOCK.format(Instant.ofEpochMilli(epochMillis).atZone(zone));
    }

    /** The beginning of an id, by which a person finds it again. */
    static String shortId(String id) {
        return "#" + (id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID));
    }

    /** Prints a line of the demo itself. */
    synchronized void print(String line) {
        out.println(line);
        out.flush();
    }

    /**
     * Prints an alert: in full if it is new or its action rises to ALERT, otherwise in one line.
     *
     * @param now wall clock, epoch ms
     */
    synchronized void show(Alert alert, long now) {
        Alert.Action before = shown.put(alert.alertId(), alert.assessment().action());
        boolean over =
                alert.status() == Alert.Status.CANCELLED || alert.status() == Alert.Status.ENDED;
        boolean whole =
                !over
                        && (before == null
                                || before == Alert.Action.REVIEW
                                        && alert.assessment().action() == Alert.Action.ALERT);
        boolean mustShow =
                whole
                        && alert.assessment().action() == Alert.Action.ALERT
                        && !alert.isRetrospective();
        Alert.Action shownAs = before == null ? alert.assessment().action() : before;
        show(
                () -> whole ? printer.whole(alert, shownAs) : printer.change(alert, shownAs),
                mustShow,
                now);
    }

    /**
     * Prints a block, unless there are too many.
     *
     * @param mustShow whether it is printed although others were left out
     * @param now wall clock, epoch ms
     */
    synchronized void show(Supplier<String> text, boolean mustShow, long now) {
        allowance = Math.min(AT_ONCE, allowance + (now - allowanceAt) * A_SECOND / 1000);
        allowanceAt = now;
        if (allowance < (mustShow ? -AT_ONCE : 1)) {
            unseen++;
            return;
        }
        allowance--;
        if (unseen > 0) {
            out.println(
                    language.format(
                            "         … y %d más, demasiado rápido para leerlas",
                            "         … and %d more, too fast to read", unseen));
            unseen = 0;
        }
        out.println(text.get());
        out.flush();
    }
}
