package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.lab.evaluate.page.Page;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A false alarm as the page shows it.
 *
 * @param others number of further alerts with the same read text and entry
 * @param passages passages of the ground truth, by readId
 */
record FalseAlarm(
        ScoredAlert alert, Message message, int others, Map<String, GroundTruth.Passage> passages) {
    /** The parts of the alert's message that are shown; each can be null. */
    record Message(Headline headline, Evidence evidence, Entry entry) {
        static final RecordCodec<Message> CODEC =
                new RecordCodec<>(Message.class, AlertCodec.MAX_BYTES);

        Message {
            headline = headline == null ? new Headline(null) : headline;
            evidence = evidence == null ? new Evidence(null, null, List.of()) : evidence;
        }
    }

    record Headline(String en) {}

    record Evidence(PlateRead read, Comparison comparison, List<ScorePart> parts) {
        Evidence {
            read = read == null ? new PlateRead(null, null, null) : read;
            parts = List.copyOf(parts);
        }
    }

    record PlateRead(String plate, Double confidence, Appearance vehicle) {}

    /** The texts that matched, aligned with each other. */
    record Comparison(String read, String listed) {}

    record ScorePart(
            String name,
            @JsonProperty(defaultValue = "0") double logOdds,
            @JsonProperty("en") String text) {
        /** Log odds that fill half a bar; odds beyond 400 to 1 get no more width. */
        private static final double FULL_BAR = 6;

        /** Width of its bar in percent. */
        public double width() {
            return Math.min(1, Math.abs(logOdds) / FULL_BAR) * 50;
        }
    }

    record Appearance(String color, String make, String model, String type) {
        @Override
        public String toString() {
            return Stream.of(color, make, model, type)
                    .filter(Objects::nonNull)
                    .collect(Collectors.joining(" "));
        }
    }

    record Entry(
            String entryId,
            String plate,
            String pattern,
            String tagId,
            Appearance vehicle,
            String reason,
            String caseNumber,
            @JsonProperty(defaultValue = "0") int priority) {}

    /** A character of a plate. */
    record Letter(String text, boolean differs) {}

    public boolean isReview() {
        return alert.action() == Alert.Action.REVIEW;
    }

    /** The read text, compared with the listed one; empty without a comparison. */
    public List<Letter> readLetters() {
        Comparison texts = message.evidence.comparison;
        return texts == null ? List.of() : letters(texts.read, texts.listed);
    }

    public List<Letter> listedLetters() {
        Comparison texts = message.evidence.comparison;
        return texts == null ? List.of() : letters(texts.listed, texts.read);
    }

    private static List<Letter> letters(String text, String other) {
        return text == null || other == null
                ? List.of()
                : IntStream.range(0, text.length())
                        .mapToObj(
                                i ->
                                        new Letter(
                                                text.substring(i, i + 1),
                                                i >= other.length()
                                                        || other.charAt(i) != text.charAt(i)))
                        .toList();
    }

    /** What the ground truth says. */
    public String truth() {
        String known =
                alert.reads().stream()
                        .map(passages::get)
                        .filter(Objects::nonNull)
                        .map(FalseAlarm::describe)
                        .distinct()
                        .collect(Collectors.joining("; "));
        return known.isEmpty()
                ? "no passage in the truth: an uninvolved vehicle whose plate was read correctly"
                : known;
    }

    private static String describe(GroundTruth.Passage passage) {
        return "%s passed under the plate %s, read as %s (%s)%s"
                .formatted(
                        passage.vehicle(),
                        passage.shown(),
                        passage.read(),
                        passage.readClass(),
                        passage.shown().equals(passage.registered())
                                ? ""
                                : ", its tag names " + passage.registered());
    }

    public String read() {
        PlateRead read = message.evidence.read;
        return joined(
                " · ",
                read.plate,
                read.confidence == null ? null : Page.formatted("confidence %.2f", read.confidence),
                read.vehicle,
                String.join(" ", alert.reads()));
    }

    public String listed() {
        Entry entry = message.entry;
        return entry == null
                ? alert.entryId() + " · priority " + alert.priority()
                : joined(
                        " · ",
                        entry.plate != null
                                ? entry.plate
                                : entry.pattern != null ? entry.pattern : entry.tagId,
                        entry.vehicle,
                        entry.reason,
                        entry.caseNumber,
                        entry.entryId,
                        "priority " + entry.priority);
    }

    public String placeAndTime() {
        return joined(", ", alert.deviceId(), Instant.ofEpochMilli(alert.startedAt()));
    }

    /** The values that are not null and not empty. */
    private static String joined(String separator, Object... values) {
        return Stream.of(values)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(separator));
    }
}
