package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.CompassCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.VehicleCodec;

import java.io.IOException;
import java.util.List;

/** The codec of the evidence of a hot-list match. */
final class HotlistEvidenceCodec {
    private static final int MAX_TEXT = AlertCodec.MAX_TEXT;
    private static final int MAX_LIST = AlertCodec.MAX_LIST;

    static final int MAX_KIND = 32;
    static final int MAX_LANE = 255;
    static final double MAX_KMH = 500;

    private HotlistEvidenceCodec() {}

    /** Writes the fields that only this kind of evidence has. */
    static void write(HotlistEvidence evidence, JsonOut out) throws IOException {
        out.object("read", evidence.read(), HotlistEvidenceCodec::writeRead);
        out.object("tag", evidence.tag(), EvidenceCodec::writeTag);
        out.object(
                "comparison",
                evidence.comparison(),
                (comparison, o) -> {
                    o.string("kind", comparison.kind());
                    o.string("read", comparison.read());
                    o.string("listed", comparison.listed());
                    o.string("differs", comparison.differs());
                });
        out.number("count", evidence.count());
        out.objects(
                "track",
                evidence.track(),
                (sighting, o) -> {
                    o.string("readId", sighting.readId());
                    o.string("device", sighting.device());
                    o.number("time", sighting.time());
                    o.string("plate", sighting.plate());
                    o.number("latitude", sighting.latitude());
                    o.number("longitude", sighting.longitude());
                });
        out.bool("retrospective", evidence.retrospective());
    }

    static HotlistEvidence read(JsonIn in) throws InvalidRecordException {
        List<String> reads = List.of();
        List<String> images = List.of();
        HotlistEvidence.Read read = null;
        HotlistEvidence.Comparison comparison = null;
        List<ScoreContribution> parts = List.of();
        int count = 1;
        List<HotlistEvidence.Sighting> track = List.of();
        boolean retrospective = false;
        HotlistEvidence.Tag tag = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "reads" -> reads = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "images" -> images = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "read" -> read = in.object(HotlistEvidenceCodec::plateRead);
                case "comparison" -> comparison = in.object(HotlistEvidenceCodec::comparison);
                case "parts" -> parts = in.list(MAX_LIST, i -> i.object(EvidenceCodec::part));
                case "count" -> count = in.integer(1, Integer.MAX_VALUE);
                case "track" ->
                        track = in.list(MAX_LIST, i -> i.object(HotlistEvidenceCodec::sighting));
                case "retrospective" -> retrospective = in.bool();
                case "tag" -> tag = in.object(EvidenceCodec::tag);
                default -> in.skip();
            }
        }
        return new HotlistEvidence(
                reads, images, read, comparison, parts, count, track, retrospective, tag);
    }

    static void writeRead(HotlistEvidence.Read read, JsonOut out) throws IOException {
        out.string("readId", read.readId());
        out.string("plate", read.plate());
        out.number("confidence", read.confidence());
        out.number("lane", read.lane());
        out.name("direction", read.direction());
        out.number("speedKmh", read.speedKmh());
        out.object("vehicle", read.vehicle(), VehicleCodec::write);
        out.bool("clockSuspect", read.clockSuspect());
    }

    static HotlistEvidence.Read plateRead(JsonIn in) throws InvalidRecordException {
        String readId = null;
        String plate = null;
        double confidence = 0;
        Integer lane = null;
        Compass direction = null;
        Double speedKmh = null;
        Vehicle vehicle = null;
        boolean clockSuspect = false;
        while (in.nextField()) {
            switch (in.field()) {
                case "readId" -> readId = in.string(MAX_TEXT);
                case "plate" -> plate = in.anyString(AlertCodec.MAX_PLATE);
                case "confidence" -> confidence = in.number(0, 1);
                case "lane" -> lane = in.integer(0, MAX_LANE);
                case "direction" -> direction = CompassCodec.read(in);
                case "speedKmh" -> speedKmh = in.number(0, MAX_KMH);
                case "vehicle" -> vehicle = in.object(VehicleCodec::read);
                case "clockSuspect" -> clockSuspect = in.bool();
                default -> in.skip();
            }
        }
        return new HotlistEvidence.Read(
                in.required("readId", readId),
                plate,
                confidence,
                lane,
                direction,
                speedKmh,
                vehicle,
                clockSuspect);
    }

    private static HotlistEvidence.Comparison comparison(JsonIn in) throws InvalidRecordException {
        String kind = null;
        String read = null;
        String listed = null;
        String differs = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "kind" -> kind = in.string(MAX_KIND);
                case "read" -> read = in.anyString(AlertCodec.MAX_PLATE);
                case "listed" -> listed = in.anyString(AlertCodec.MAX_PLATE);
                case "differs" -> differs = in.anyString(AlertCodec.MAX_PLATE);
                default -> in.skip();
            }
        }
        return new HotlistEvidence.Comparison(kind, read, listed, differs);
    }

    private static HotlistEvidence.Sighting sighting(JsonIn in) throws InvalidRecordException {
        String readId = null;
        String device = null;
        Long time = null;
        String plate = null;
        Double latitude = null;
        Double longitude = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "readId" -> readId = in.string(MAX_TEXT);
                case "device" -> device = in.string(MAX_TEXT);
                case "time" -> time = in.time();
                case "plate" -> plate = in.anyString(AlertCodec.MAX_PLATE);
                case "latitude" ->
                        latitude = in.number(-AlertCodec.MAX_LATITUDE, AlertCodec.MAX_LATITUDE);
                case "longitude" ->
                        longitude = in.number(-AlertCodec.MAX_LONGITUDE, AlertCodec.MAX_LONGITUDE);
                default -> in.skip();
            }
        }
        return new HotlistEvidence.Sighting(
                in.required("readId", readId),
                in.required("device", device),
                in.required("time", time),
                plate,
                latitude,
                longitude);
    }
}
