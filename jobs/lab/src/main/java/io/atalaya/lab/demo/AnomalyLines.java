package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.CloneEvidence;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.contracts.alert.Evidence;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.MeasureKind;
import io.atalaya.contracts.alert.MismatchEvidence;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.vocabulary.Vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats the evidence of cross-check and camera alerts, which have no entry. */
final class AnomalyLines {
    private static final int PAIRS = 3;

    private final Language language;
    private final Clock clock;

    /** The time of day at a device. */
    interface Clock {
        String at(long epochMillis, String deviceId);
    }

    /** A labelled line of text. */
    record Line(String label, String text) {}

    AnomalyLines(Language language, Clock clock) {
        this.language = language;
        this.clock = clock;
    }

    /** The evidence lines above the place; empty for a hot-list match. */
    List<Line> of(Evidence evidence) {
        if (evidence instanceof CloneEvidence clone) {
            return clone(clone);
        }
        if (evidence instanceof MismatchEvidence mismatch) {
            return mismatch(mismatch);
        }
        if (evidence instanceof ConvoyEvidence convoy) {
            return convoy(convoy);
        }
        if (evidence instanceof CameraEvidence camera) {
            return camera(camera);
        }
        return List.of();
    }

    private List<Line> camera(CameraEvidence evidence) {
        List<Line> lines = new ArrayList<>();
        for (CameraEvidence.Measure measure : evidence.measures()) {
            Text label = MeasureKind.label(measure);
            lines.add(
                    new Line(
                            lines.isEmpty() ? language.of("visto", "seen") : "",
                            language.of(label.es(), label.en())
                                    + " "
                                    + number(measure.value(), measure.unit())
                                    + (measure.limit() == null
                                            ? ""
                                            : language.of("   límite ", "   limit ")
                                                    + number(measure.limit(), measure.unit()))));
        }
        if (evidence.model() != null) {
            lines.add(
                    new Line(
                            language.of("modelo", "model"),
                            evidence.model().name() + " " + evidence.model().version()));
        }
        return lines;
    }

    private static String number(double value, String unit) {
        double size = Math.abs(value);
        String format = size < 0.01 && size > 0 ? "%.0e" : size < 10 ? "%.2f" : "%.0f";
        return String.format(Locale.ROOT, format, value) + (unit == null ? "" : " " + unit);
    }

    private List<Line> clone(CloneEvidence evidence) {
        List<Line> lines = new ArrayList<>();
        List<CloneEvidence.Pair> shown =
                evidence.pairs().subList(0, Math.min(PAIRS, evidence.pairs().size()));
        for (CloneEvidence.Pair pair : shown) {
            lines.add(new Line(language.of("vista", "seen"), read(pair.first())));
            lines.add(new Line("", read(pair.second())));
            lines.add(
                    new Line(
                            "",
                            language.format(
                                    "%.1f km en %.0f s: más de %,.0f km/h",
                                    "%.1f km in %.0f s: more than %,.0f km/h",
                                    pair.distanceKm(),
                                    pair.seconds(),
                                    pair.neededKmh())));
        }
        if (evidence.count() > shown.size()) {
            lines.add(
                    new Line(
                            "",
                            language.format(
                                    "y %d pares más",
                                    "and %d pairs more", evidence.count() - shown.size())));
        }
        return lines;
    }

    private String read(CloneEvidence.Read read) {
        return clock.at(read.deviceTime(), read.device())
                + " "
                + read.device()
                + "  "
                + read.plate()
                + language.format("  confianza %.2f", "  confidence %.2f", read.confidence())
                + looks(read.vehicle());
    }

    private List<Line> mismatch(MismatchEvidence evidence) {
        List<Line> lines = new ArrayList<>();
        HotlistEvidence.Read read = evidence.read();
        if (read != null) {
            lines.add(
                    new Line(
                            language.of("leída", "read"),
                            read.plate()
                                    + language.format(
                                            "   confianza %.2f",
                                            "   confidence %.2f", read.confidence())
                                    + looks(read.vehicle())));
        }
        HotlistEvidence.Tag tag = evidence.tag();
        if (tag != null) {
            lines.add(
                    new Line(
                            "tag",
                            tag.registeredPlate()
                                    + "   "
                                    + tag.tagId()
                                    + looks(tag.registeredVehicle())));
        }
        return lines;
    }

    private List<Line> convoy(ConvoyEvidence evidence) {
        List<Line> lines = new ArrayList<>();
        if (evidence.listed() != null) {
            lines.add(
                    new Line(
                            language.of("con", "with"),
                            evidence.listed().plate() + "   " + evidence.listed().entryId()));
        }
        for (ConvoyEvidence.Arch arch : evidence.arches()) {
            lines.add(
                    new Line(
                            lines.size() == 1 ? language.of("arcos", "arches") : "",
                            clock.at(arch.listedTime(), arch.device())
                                    + " "
                                    + arch.device()
                                    + language.format(
                                            "  %+.0f s", "  %+.0f s", arch.gapSeconds())));
        }
        return lines;
    }

    private String looks(Vehicle vehicle) {
        if (vehicle == null) {
            return "";
        }
        String text =
                Stream.of(
                                vehicle.make(),
                                vehicle.model(),
                                inWords(Vocabulary.COLORS, vehicle.color()),
                                inWords(Vocabulary.TYPES, vehicle.type()))
                        .filter(part -> part != null && !part.isBlank())
                        .map(part -> part.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" "));
        return text.isEmpty() ? "" : "  " + text;
    }

    private String inWords(Vocabulary vocabulary, String code) {
        return code == null ? null : language.of(vocabulary.spanish(code), code);
    }
}
