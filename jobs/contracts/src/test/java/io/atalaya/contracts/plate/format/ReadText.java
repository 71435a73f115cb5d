package io.atalaya.contracts.plate.format;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.PlateRead;

import java.util.Locale;
import java.util.stream.Collectors;

/** A read as one line for comparison with a message: its values in a fixed order. */
public final class ReadText {
    private ReadText() {}

    public static String of(PlateRead read) {
        StringBuilder line = new StringBuilder();
        add(line, "readId", read.readId());
        add(line, "device", read.deviceId());
        add(line, "lane", read.lane());
        add(line, "time", read.deviceTime());
        add(line, "plate", read.plate());
        add(line, "confidence", rounded(read.confidence()));
        add(
                line,
                "candidates",
                read.candidates().stream().map(ReadText::of).collect(Collectors.joining(",")));
        add(line, "country", read.country());
        add(line, "state", read.state());
        add(line, "direction", read.direction());
        add(line, "kmh", read.speedKmh() == null ? null : rounded(read.speedKmh()));
        if (read.vehicle() != null) {
            add(line, "make", read.vehicle().make());
            add(line, "model", read.vehicle().model());
            add(line, "color", read.vehicle().color());
            add(line, "type", read.vehicle().type());
            Double sure = read.vehicle().confidence();
            add(line, "vehicleConfidence", sure == null ? null : rounded(sure));
        }
        add(line, "image", read.plateImage());
        add(line, "imageRef", read.imageRef());
        add(line, "supersedes", read.supersedes());
        add(line, "withdrawn", read.isWithdrawn() ? true : null);
        return line.toString().strip();
    }

    private static String of(Candidate candidate) {
        return candidate.plate() + ":" + rounded(candidate.confidence());
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static void add(StringBuilder line, String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            line.append(' ').append(name).append('=').append(value);
        }
    }
}
