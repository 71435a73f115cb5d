package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.VehicleCodec;

import java.io.IOException;
import java.util.List;

/** The codec of the evidence of a cloned plate. */
final class CloneEvidenceCodec {
    private static final int MAX_TEXT = AlertCodec.MAX_TEXT;
    private static final int MAX_LIST = AlertCodec.MAX_LIST;

    /** Half the equator is 20,038 km; a speed has no such bound. */
    static final double MAX_KM = 20_100;

    static final double MAX_SECONDS = 1e9;
    static final double MAX_KMH = 1e9;

    private CloneEvidenceCodec() {}

    /** Writes the fields that only this kind of evidence has. */
    static void write(CloneEvidence evidence, JsonOut out) throws IOException {
        out.objects("pairs", evidence.pairs(), CloneEvidenceCodec::writePair);
        out.number("count", evidence.count());
    }

    static CloneEvidence read(JsonIn in) throws InvalidRecordException {
        List<String> reads = List.of();
        List<String> images = List.of();
        List<CloneEvidence.Pair> pairs = List.of();
        int count = 1;
        List<ScoreContribution> parts = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "reads" -> reads = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "images" -> images = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "pairs" -> pairs = in.list(MAX_LIST, i -> i.object(CloneEvidenceCodec::pair));
                case "count" -> count = in.integer(1, Integer.MAX_VALUE);
                case "parts" -> parts = in.list(MAX_LIST, i -> i.object(EvidenceCodec::part));
                default -> in.skip();
            }
        }
        return new CloneEvidence(reads, images, pairs, count, parts);
    }

    private static void writePair(CloneEvidence.Pair pair, JsonOut out) throws IOException {
        out.object("first", pair.first(), CloneEvidenceCodec::writeSighting);
        out.object("second", pair.second(), CloneEvidenceCodec::writeSighting);
        out.number("distanceKm", pair.distanceKm());
        out.number("seconds", pair.seconds());
        out.number("neededKmh", pair.neededKmh());
    }

    private static CloneEvidence.Pair pair(JsonIn in) throws InvalidRecordException {
        CloneEvidence.Sighting first = null;
        CloneEvidence.Sighting second = null;
        Double distanceKm = null;
        Double seconds = null;
        Double neededKmh = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "first" -> first = in.object(CloneEvidenceCodec::sighting);
                case "second" -> second = in.object(CloneEvidenceCodec::sighting);
                case "distanceKm" -> distanceKm = in.number(0, MAX_KM);
                case "seconds" -> seconds = in.number(0, MAX_SECONDS);
                case "neededKmh" -> neededKmh = in.number(0, MAX_KMH);
                default -> in.skip();
            }
        }
        return new CloneEvidence.Pair(
                in.required("first", first),
                in.required("second", second),
                in.required("distanceKm", distanceKm),
                in.required("seconds", seconds),
                in.required("neededKmh", neededKmh));
    }

    private static void writeSighting(CloneEvidence.Sighting sighting, JsonOut out)
            throws IOException {
        out.string("readId", sighting.readId());
        out.string("device", sighting.device());
        out.number("latitude", sighting.latitude());
        out.number("longitude", sighting.longitude());
        out.number("time", sighting.time());
        out.string("plate", sighting.plate());
        out.number("confidence", sighting.confidence());
        out.object("vehicle", sighting.vehicle(), VehicleCodec::write);
        out.bool("clockSuspect", sighting.clockSuspect());
    }

    private static CloneEvidence.Sighting sighting(JsonIn in) throws InvalidRecordException {
        String readId = null;
        String device = null;
        Double latitude = null;
        Double longitude = null;
        Long time = null;
        String plate = null;
        double confidence = 0;
        Vehicle vehicle = null;
        boolean clockSuspect = false;
        while (in.nextField()) {
            switch (in.field()) {
                case "readId" -> readId = in.string(MAX_TEXT);
                case "device" -> device = in.string(MAX_TEXT);
                case "latitude" ->
                        latitude = in.number(-AlertCodec.MAX_LATITUDE, AlertCodec.MAX_LATITUDE);
                case "longitude" ->
                        longitude = in.number(-AlertCodec.MAX_LONGITUDE, AlertCodec.MAX_LONGITUDE);
                case "time" -> time = in.time();
                case "plate" -> plate = in.anyString(AlertCodec.MAX_PLATE);
                case "confidence" -> confidence = in.number(0, 1);
                case "vehicle" -> vehicle = in.object(VehicleCodec::read);
                case "clockSuspect" -> clockSuspect = in.bool();
                default -> in.skip();
            }
        }
        return new CloneEvidence.Sighting(
                in.required("readId", readId),
                in.required("device", device),
                latitude,
                longitude,
                in.required("time", time),
                plate,
                confidence,
                vehicle,
                clockSuspect);
    }
}
