package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;
import java.util.List;

/** The codec of the evidence of a vehicle that travels with a listed vehicle. */
final class ConvoyEvidenceCodec {
    private static final int MAX_TEXT = AlertCodec.MAX_TEXT;
    private static final int MAX_LIST = AlertCodec.MAX_LIST;
    static final double MAX_GAP_SECONDS = 1e9;

    private ConvoyEvidenceCodec() {}

    /** Writes the fields that only this kind of evidence has. */
    static void write(ConvoyEvidence evidence, JsonOut out) throws IOException {
        out.object(
                "listed",
                evidence.listed(),
                (listed, o) -> {
                    o.string("entryId", listed.entryId());
                    o.string("plate", listed.plate());
                });
        out.string("companion", evidence.companion());
        out.objects(
                "arches",
                evidence.arches(),
                (arch, o) -> {
                    o.string("device", arch.device());
                    o.number("latitude", arch.latitude());
                    o.number("longitude", arch.longitude());
                    o.string("listedReadId", arch.listedReadId());
                    o.number("listedTime", arch.listedTime());
                    o.string("companionReadId", arch.companionReadId());
                    o.number("companionTime", arch.companionTime());
                    o.number("gapSeconds", arch.gapSeconds());
                });
    }

    static ConvoyEvidence read(JsonIn in) throws InvalidRecordException {
        List<String> reads = List.of();
        List<String> images = List.of();
        ConvoyEvidence.Listed listed = null;
        String companion = null;
        List<ConvoyEvidence.Arch> arches = List.of();
        List<ScoreContribution> parts = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "reads" -> reads = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "images" -> images = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "listed" -> listed = in.object(ConvoyEvidenceCodec::listed);
                case "companion" -> companion = in.anyString(AlertCodec.MAX_PLATE);
                case "arches" ->
                        arches = in.list(MAX_LIST, i -> i.object(ConvoyEvidenceCodec::arch));
                case "parts" -> parts = in.list(MAX_LIST, i -> i.object(EvidenceCodec::part));
                default -> in.skip();
            }
        }
        return new ConvoyEvidence(reads, images, listed, companion, arches, parts);
    }

    private static ConvoyEvidence.Listed listed(JsonIn in) throws InvalidRecordException {
        String entryId = null;
        String plate = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "entryId" -> entryId = in.string(MAX_TEXT);
                case "plate" -> plate = in.anyString(AlertCodec.MAX_PLATE);
                default -> in.skip();
            }
        }
        return new ConvoyEvidence.Listed(in.required("entryId", entryId), plate);
    }

    private static ConvoyEvidence.Arch arch(JsonIn in) throws InvalidRecordException {
        String device = null;
        Double latitude = null;
        Double longitude = null;
        String listedReadId = null;
        Long listedTime = null;
        String companionReadId = null;
        Long companionTime = null;
        Double gapSeconds = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "device" -> device = in.string(MAX_TEXT);
                case "latitude" ->
                        latitude = in.number(-AlertCodec.MAX_LATITUDE, AlertCodec.MAX_LATITUDE);
                case "longitude" ->
                        longitude = in.number(-AlertCodec.MAX_LONGITUDE, AlertCodec.MAX_LONGITUDE);
                case "listedReadId" -> listedReadId = in.string(MAX_TEXT);
                case "listedTime" -> listedTime = in.time();
                case "companionReadId" -> companionReadId = in.string(MAX_TEXT);
                case "companionTime" -> companionTime = in.time();
                case "gapSeconds" -> gapSeconds = in.number(-MAX_GAP_SECONDS, MAX_GAP_SECONDS);
                default -> in.skip();
            }
        }
        return new ConvoyEvidence.Arch(
                in.required("device", device),
                latitude,
                longitude,
                in.required("listedReadId", listedReadId),
                in.required("listedTime", listedTime),
                in.required("companionReadId", companionReadId),
                in.required("companionTime", companionTime),
                in.required("gapSeconds", gapSeconds));
    }
}
