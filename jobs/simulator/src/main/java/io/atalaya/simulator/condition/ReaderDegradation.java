package io.atalaya.simulator.condition;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes one arch's plate and tag readers worse. */
final class ReaderDegradation {
    private static final String SYMBOLS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";

    private static final Map<Character, Character> LOOK_ALIKES =
            Map.ofEntries(
                    Map.entry('0', 'D'),
                    Map.entry('D', '0'),
                    Map.entry('1', 'I'),
                    Map.entry('2', 'Z'),
                    Map.entry('Z', '2'),
                    Map.entry('5', 'S'),
                    Map.entry('S', '5'),
                    Map.entry('6', 'G'),
                    Map.entry('G', '6'),
                    Map.entry('8', 'B'),
                    Map.entry('B', '8'));

    /** Shares of the misreads: one character by a look-alike, one by any, the rest two. */
    private static final double LOOK_ALIKE = 0.5;

    private static final double ONE = 0.8;
    private static final int RECENT = 2_000;
    private static final double TRUE_TEXT_AMONG_CANDIDATES = 0.6;

    private final Conditions conditions;
    private final SeededRandom random;

    /** For the second delivery of a read, which must be the same. */
    private final Map<String, PlateRead> recent =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, PlateRead> eldest) {
                    return size() > RECENT;
                }
            };

    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> unread = new HashSet<>();
    private Vehicle lastSeen;

    ReaderDegradation(Conditions conditions, SeededRandom random) {
        this.conditions = conditions;
        this.random = random;
    }

    /** The read as a worse reader gives it; the same for a second delivery. */
    PlateRead degrade(PlateRead read) {
        Quality quality = conditions.at(read.deviceTime());
        if (read.isWithdrawn() || quality.equals(Quality.UNCHANGED)) {
            return read;
        }
        PlateRead known = recent.get(read.readId());
        if (known != null) {
            return known;
        }
        boolean isMisread = !random.happens(quality.exact());
        String text = isMisread ? misread(read.plate()) : read.plate();
        double confidence =
                isMisread ? rounded(read.confidence() * random.between(0.6, 1)) : read.confidence();
        List<Candidate> candidates = new ArrayList<>(read.candidates());
        if (isMisread) {
            candidates.removeIf(each -> each.plate().equals(read.plate()));
            candidates.add(0, new Candidate(text, confidence));
            if (random.happens(TRUE_TEXT_AMONG_CANDIDATES)) {
                candidates.add(new Candidate(read.plate(), rounded(confidence * 0.7)));
            }
            texts.put(read.readId(), text);
        }
        Vehicle appearance = read.vehicle();
        if (appearance != null && lastSeen != null && !random.happens(quality.appearance())) {
            boolean isMake = random.happens(0.5);
            appearance =
                    new Vehicle(
                            isMake ? lastSeen.make() : appearance.make(),
                            isMake ? lastSeen.model() : appearance.model(),
                            isMake ? appearance.color() : lastSeen.color(),
                            appearance.type(),
                            appearance.confidence());
        }
        lastSeen = read.vehicle();
        PlateRead degraded =
                new PlateRead(
                        read.readId(),
                        read.deviceId(),
                        read.lane(),
                        read.deviceTime(),
                        text,
                        confidence,
                        candidates,
                        read.country(),
                        read.state(),
                        read.direction(),
                        read.speedKmh(),
                        appearance,
                        read.plateImage(),
                        read.imageRef(),
                        read.supersedes(),
                        false);
        recent.put(read.readId(), degraded);
        return degraded;
    }

    private String misread(String plate) {
        StringBuilder text = new StringBuilder(plate);
        double which = random.between(0, 1);
        int at = random.below(plate.length());
        if (which < LOOK_ALIKE) {
            for (int i = 0; i < plate.length(); i++) {
                int near = (at + i) % plate.length();
                Character like = LOOK_ALIKES.get(plate.charAt(near));
                if (like != null) {
                    text.setCharAt(near, like);
                    return text.toString();
                }
            }
        }
        replace(text, at);
        if (which >= ONE) {
            replace(text, (at + 1 + random.below(plate.length() - 1)) % plate.length());
        }
        return text.toString();
    }

    private void replace(StringBuilder text, int at) {
        char now = text.charAt(at);
        do {
            text.setCharAt(at, SYMBOLS.charAt(random.below(SYMBOLS.length())));
        } while (text.charAt(at) == now);
    }

    /** The tag's read, or null if it is not read. */
    RfidRead degrade(RfidRead read) {
        Quality quality = conditions.at(read.deviceTime());
        if (quality.equals(Quality.UNCHANGED)) {
            return read;
        }
        if (!random.happens(quality.tagsRead())) {
            unread.add(read.readId());
            return null;
        }
        double error = quality.tagErrorMillis();
        return error == 0
                ? read
                : read.withTime(read.deviceTime() + (long) random.between(-error, error));
    }

    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    /** The text of a read that was misread in addition, or null. */
    String textOf(String readId) {
        return texts.get(readId);
    }

    /** Whether this tag is no longer read. */
    boolean isUnread(String tagReadId) {
        return unread.contains(tagReadId);
    }
}
