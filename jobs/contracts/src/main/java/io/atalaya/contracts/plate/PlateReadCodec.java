package io.atalaya.contracts.plate;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;

import java.util.List;

/** The codec of topic {@code plate-reads}. */
public final class PlateReadCodec {
    /**
     * Larger than the image bound, because a read with a far too large image is accepted without
     * the image.
     */
    public static final int MAX_BYTES = 4 * 1024 * 1024;

    /** Characters of an id. */
    public static final int MAX_ID = 128;

    public static final int MAX_CANDIDATES = 16;

    /** Base64 of 32 KiB. */
    public static final int MAX_IMAGE = (32 * 1024 + 2) / 3 * 4;

    /** Characters of an image reference. */
    public static final int MAX_REF = 1024;

    private PlateReadCodec() {}

    /** Reads one message. */
    public static PlateRead read(byte[] message) throws InvalidRecordException {
        String readId = null;
        String deviceId = null;
        Integer lane = null;
        Long time = null;
        String plate = null;
        boolean emptyPlate = false;
        Double confidence = null;
        List<Candidate> candidates = List.of();
        String country = null;
        String state = null;
        Compass direction = null;
        Double speedKmh = null;
        Vehicle vehicle = null;
        String plateImage = null;
        String imageRef = null;
        String supersedes = null;
        boolean withdrawn = false;
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "readId" -> readId = in.string(MAX_ID);
                    case "deviceId" -> deviceId = in.string(MAX_ID);
                    case "lane" -> lane = in.integer(0, 255);
                    case "time" -> time = in.time();
                    case "plate" -> {
                        plate = PlateCodec.readUnlessEmpty(in);
                        emptyPlate = plate == null;
                    }
                    case "confidence" -> confidence = in.number(0, 1);
                    case "candidates" ->
                            candidates =
                                    in.list(
                                            MAX_CANDIDATES,
                                            i -> i.object(PlateReadCodec::candidate));
                    case "country" -> country = in.anyString(16);
                    case "state" -> state = in.anyString(64);
                    case "direction" -> direction = CompassCodec.read(in);
                    case "speedKmh" -> speedKmh = in.number(0, 500);
                    case "vehicle" -> vehicle = in.object(VehicleCodec::read);
                    case "plateImage" -> plateImage = image(in);
                    case "imageRef" -> imageRef = in.anyString(MAX_REF);
                    case "supersedes" -> supersedes = in.string(MAX_ID);
                    case "withdrawn" -> withdrawn = in.bool();
                    default -> in.skip();
                }
            }
            in.required("readId", readId);
            in.required("deviceId", deviceId);
            if (!withdrawn) {
                in.required("time", time);
                if (emptyPlate) {
                    throw in.invalid("plate", "", PlateCodec.EXPECTED);
                }
                in.required("plate", plate);
                in.required("confidence", confidence);
            }
        }
        return new PlateRead(
                readId,
                deviceId,
                lane,
                time == null ? 0 : time,
                plate,
                confidence == null ? 0 : confidence,
                candidates,
                country,
                state,
                direction,
                speedKmh,
                vehicle,
                plateImage,
                imageRef,
                supersedes,
                withdrawn);
    }

    /** Writes one message; that an image was too large has no form in JSON. */
    public static byte[] write(PlateRead read) {
        return JsonOut.object(
                out -> {
                    out.string("readId", read.readId());
                    out.string("deviceId", read.deviceId());
                    out.number("lane", read.lane());
                    out.number("time", read.deviceTime());
                    out.string("plate", read.plate());
                    if (read.plate() != null) {
                        out.number("confidence", read.confidence());
                    }
                    out.objects(
                            "candidates",
                            read.candidates(),
                            (candidate, o) -> {
                                o.string("plate", candidate.plate());
                                o.number("confidence", candidate.confidence());
                            });
                    out.string("country", read.country());
                    out.string("state", read.state());
                    out.name("direction", read.direction());
                    out.number("speedKmh", read.speedKmh());
                    out.object("vehicle", read.vehicle(), VehicleCodec::write);
                    if (!PlateRead.IMAGE_TOO_LARGE.equals(read.plateImage())) {
                        out.string("plateImage", read.plateImage());
                    }
                    out.string("imageRef", read.imageRef());
                    out.string("supersedes", read.supersedes());
                    if (read.isWithdrawn()) {
                        out.bool("withdrawn", true);
                    }
                });
    }

    /**
     * Drops an image that is too large, because the read is valid without it. Some senders write an
     * empty one where they have none.
     */
    private static String image(JsonIn in) throws InvalidRecordException {
        String base64 = in.anyStringUnlessLonger(MAX_IMAGE);
        if (base64 == null) {
            return PlateRead.IMAGE_TOO_LARGE;
        }
        return base64.isBlank() ? null : base64;
    }

    private static Candidate candidate(JsonIn in) throws InvalidRecordException {
        String plate = null;
        Double confidence = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "plate" -> plate = PlateCodec.read(in);
                case "confidence" -> confidence = in.number(0, 1);
                default -> in.skip();
            }
        }
        return new Candidate(in.required("plate", plate), in.required("confidence", confidence));
    }
}
