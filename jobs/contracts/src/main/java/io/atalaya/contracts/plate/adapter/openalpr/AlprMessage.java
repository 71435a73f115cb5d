package io.atalaya.contracts.plate.adapter.openalpr;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.PlateCodec;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.plate.adapter.PlateOrigin;
import io.atalaya.contracts.plate.adapter.PlateText;
import io.atalaya.contracts.plate.adapter.ReadDraft;
import io.atalaya.contracts.plate.adapter.ReadId;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One message of the agent, of any {@code data_type}. That field may come last, so all fields that
 * any type needs are read as they come.
 */
final class AlprMessage {
    private static final int MAX_RESULTS = 64;
    private static final int MAX_TEXT = 64;

    /** Maximum number of images of one vehicle, which may stand in front of the camera for long. */
    private static final int MAX_FRAMES = 4096;

    /**
     * Below this certainty, 0..1, the agent's region gives no state, because it is more likely
     * wrong than right.
     */
    private static final double MIN_REGION = 0.5;

    private final String keyedDevice;
    private String dataType;
    private String uuid;
    private String bestUuid;
    private List<String> uuids;
    private List<Integer> plateIndexes;
    private String agent;
    private String camera;
    private Long startedAt;
    private Long endedAt;
    private Long deviceTime;
    private String country;
    private String plate;
    private Double confidence;
    private String region;
    private Double regionConfidence;
    private AlprPlate bestPlate;
    private List<Candidate> candidates = List.of();
    private Vehicle vehicle;
    private List<AlprPlate> results;
    private List<PlateRead> nested;

    /**
     * @param keyedDevice the record's key, or null
     */
    AlprMessage(String keyedDevice) {
        this.keyedDevice = keyedDevice;
    }

    /** The reads of the parser's current object. */
    List<PlateRead> reads(JsonIn in) throws InvalidRecordException {
        while (in.nextField()) {
            readField(in);
        }
        return switch (in.required("data_type", dataType)) {
            case "alpr_group" -> group(in);
            case "alpr_results" -> results(in);
            case "alpr_alert" -> in.required("group", nested);
            // A vehicle without a plate, and the agent's heartbeat.
            case "vehicle", "heartbeat" -> List.of();
            default ->
                    throw in.invalid(
                            "data_type",
                            dataType,
                            "alpr_group, alpr_results, alpr_alert, vehicle or heartbeat");
        };
    }

    private void readField(JsonIn in) throws InvalidRecordException {
        switch (in.field()) {
            case "data_type" -> dataType = in.string(MAX_TEXT);
            case "uuid" -> uuid = in.string(PlateReadCodec.MAX_ID);
            case "uuids" -> uuids = in.unlessWrong(AlprMessage::ids);
            case "plate_indexes" -> plateIndexes = in.unlessWrong(AlprMessage::indexes);
            case "best_uuid" -> bestUuid = in.string(PlateReadCodec.MAX_ID);
            case "agent_uid" -> agent = in.anyString(MAX_TEXT);
            case "camera_id" -> camera = in.scalar(MAX_TEXT);
            case "epoch_start" -> startedAt = in.time();
            case "epoch_end" -> endedAt = in.time();
            case "epoch_time" -> deviceTime = in.time();
            case "country" -> country = in.unlessWrong(i -> i.anyString(MAX_TEXT));
            case "best_plate_number" -> plate = AlprPlate.text(in);
            case "best_confidence" -> confidence = Percent.read(in);
            case "best_region" -> region = in.unlessWrong(i -> i.anyString(MAX_TEXT));
            case "best_region_confidence" -> regionConfidence = Percent.unlessWrong(in);
            case "best_plate" -> bestPlate = in.object(AlprPlate::read);
            case "candidates" -> candidates = AlprPlate.candidates(in);
            case "vehicle" -> vehicle = in.unlessWrong(i -> i.object(AlprVehicle::read));
            case "results" -> results = in.list(MAX_RESULTS, i -> i.object(AlprPlate::read));
            case "group" -> nested = in.object(i -> new AlprMessage(keyedDevice).reads(i));
            default -> in.skip();
        }
    }

    private List<PlateRead> group(JsonIn in) throws InvalidRecordException {
        String text = plate != null || bestPlate == null ? plate : bestPlate.text();
        if (PlateText.isNone(in.required("best_plate_number", text))) {
            return List.of();
        }
        requirePlate(in, "best_plate_number", text);
        Double certainty =
                confidence != null || bestPlate == null ? confidence : bestPlate.confidence();
        in.required("epoch_start", startedAt);
        String device = device(in);
        String vehicleId = vehicleId();
        String best =
                bestUuid == null
                        ? vehicleId
                        : AlprPlate.id(bestUuid, bestPlate == null ? null : bestPlate.index());
        ReadDraft draft =
                new ReadDraft(
                                ReadId.of(in.required("best_uuid", best), endedAt),
                                device,
                                startedAt,
                                text,
                                in.required("best_confidence", certainty))
                        .candidates(candidates)
                        .origin(origin(region, regionConfidence))
                        .vehicle(vehicle)
                        .supersedes(vehicleId);
        if (bestPlate != null) {
            draft.plateImage(bestPlate.crop());
        }
        return List.of(draft.read());
    }

    /**
     * The vehicle in the group's first image, by the readId of that image's own read, which the
     * group replaces. The image's name is not enough, because two vehicles may first appear in one
     * image.
     */
    private String vehicleId() {
        if (agent == null || camera == null) {
            return null;
        }
        // The agent's name for the group's first image, which is taken at the group's start.
        String image = agent + "-" + camera + "-" + startedAt;
        if (plateIndexes == null || plateIndexes.isEmpty()) {
            return image;
        }
        int at = uuids == null ? -1 : uuids.indexOf(image);
        return AlprPlate.id(image, plateIndexes.get(at >= 0 && at < plateIndexes.size() ? at : 0));
    }

    private static List<String> ids(JsonIn in) throws InvalidRecordException {
        return in.list(MAX_FRAMES, i -> i.anyString(PlateReadCodec.MAX_ID));
    }

    private static List<Integer> indexes(JsonIn in) throws InvalidRecordException {
        return in.list(MAX_FRAMES, i -> i.integer(0, AlprPlate.MAX_INDEX));
    }

    private List<PlateRead> results(JsonIn in) throws InvalidRecordException {
        List<PlateRead> reads = new ArrayList<>();
        List<AlprPlate> plates = in.required("results", results);
        for (int i = 0; i < plates.size(); i++) {
            AlprPlate seen = plates.get(i);
            String path = "results[" + i + "].";
            if (PlateText.isNone(in.required(path + "plate", seen.text()))) {
                continue;
            }
            requirePlate(in, path + "plate", seen.text());
            in.required("uuid", uuid);
            reads.add(
                    new ReadDraft(
                                    AlprPlate.id(uuid, seen.index() == null ? i : seen.index()),
                                    device(in),
                                    in.required("epoch_time", deviceTime),
                                    seen.text(),
                                    in.required(path + "confidence", seen.confidence()))
                            .candidates(seen.candidates())
                            .origin(origin(seen.region(), seen.regionConfidence()))
                            .plateImage(seen.crop())
                            .read());
        }
        return reads;
    }

    private static void requirePlate(JsonIn in, String field, String text)
            throws InvalidRecordException {
        if (!PlateText.isPlate(text)) {
            throw in.invalid(field, text, PlateCodec.EXPECTED);
        }
    }

    private String device(JsonIn in) throws InvalidRecordException {
        if (keyedDevice != null) {
            return keyedDevice;
        }
        return in.required("agent_uid", agent) + "-" + in.required("camera_id", camera);
    }

    /**
     * The origin of a region: {@code us-mo} has a state, {@code eu-de} is a country, because the
     * agent does not know states there.
     */
    private PlateOrigin origin(String code, Double certainty) {
        if (PlateText.isUnknown(code)) {
            return PlateOrigin.of(country, null);
        }
        int dash = code.indexOf('-');
        String area = dash < 0 ? code : code.substring(0, dash);
        if (area.equalsIgnoreCase("eu") && dash > 0) {
            return PlateOrigin.of(code.substring(dash + 1), null);
        }
        boolean sure = dash > 0 && (certainty == null || certainty >= MIN_REGION);
        return PlateOrigin.of(area, sure ? code.toUpperCase(Locale.ROOT) : null);
    }
}
