package io.atalaya.simulator.truth;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonOut;

import java.io.IOException;

/** The codec of {@code truth.json}. Empty lists are omitted. */
public final class GroundTruthCodec {
    private GroundTruthCodec() {}

    /**
     * Reads the whole ground truth; unknown fields are skipped.
     *
     * @throws InvalidRecordException naming the field, for example {@code clones[3].reads[1]}
     */
    public static GroundTruth read(byte[] json) throws InvalidRecordException {
        return GroundTruthReader.read(json);
    }

    /** Writes the whole ground truth. */
    public static byte[] write(GroundTruth truth) {
        return JsonOut.object(
                out -> {
                    out.number("seed", truth.seed());
                    out.number("start", truth.start());
                    out.number("minutes", truth.minutes());
                    out.objects(
                            "entries",
                            truth.entries(),
                            (entry, o) -> {
                                o.string("entryId", entry.entryId());
                                o.string("vehicle", entry.vehicle());
                                o.string("plate", entry.plate());
                                o.string("pattern", entry.pattern());
                                if (entry.byTag()) {
                                    o.bool("byTag", true);
                                }
                                o.number("addedAt", entry.addedAt());
                                o.number("removedAt", entry.removedAt());
                                o.number("validUntil", entry.validUntil());
                            });
                    out.objects(
                            "wantedPassages",
                            truth.wantedPassages(),
                            (passage, o) -> {
                                o.string("entryId", passage.entryId());
                                o.string("readId", passage.readId());
                                o.number("time", passage.time());
                                o.string("deviceId", passage.deviceId());
                                o.string("readClass", passage.readClass());
                                o.bool("tag", passage.tagReadId() != null);
                                o.bool("retrospective", passage.retrospective());
                                o.bool("required", passage.required());
                                o.string("tagReadId", passage.tagReadId());
                            });
                    out.objects(
                            "clones",
                            truth.clones(),
                            (clone, o) -> {
                                o.string("plate", clone.plate());
                                o.strings("vehicles", clone.vehicles());
                                o.number("kmh", clone.kmh());
                                o.stringLists("reads", clone.reads());
                                o.number("provenKmh", clone.provenKmh());
                                o.bool("required", clone.required());
                            });
                    out.objects(
                            "convoys",
                            truth.convoys(),
                            (convoy, o) -> {
                                o.string("listed", convoy.listed());
                                o.string("plate", convoy.plate());
                                o.strings("companions", convoy.companions());
                                o.strings("reads", convoy.reads());
                            });
                    out.strings("mismatches", truth.mismatches());
                    out.strings("unclearMismatches", truth.unclearMismatches());
                    if (truth.cameras() > 0) {
                        out.number("cameras", truth.cameras());
                        out.number("cameraMinutes", truth.cameraMinutes());
                    }
                    out.objects(
                            "cameraAnomalies", truth.cameraEpisodes(), GroundTruthCodec::episode);
                    out.objects("unusualSpeeds", truth.unusualSpeeds(), GroundTruthCodec::episode);
                    out.object(
                            "outage",
                            truth.outage(),
                            (outage, o) -> {
                                o.string("deviceId", outage.deviceId());
                                o.number("start", outage.start());
                                o.number("end", outage.end());
                            });
                    out.objects(
                            "passages",
                            truth.passages(),
                            (passage, o) -> {
                                o.string("readId", passage.readId());
                                o.number("time", passage.time());
                                o.string("deviceId", passage.deviceId());
                                o.string("vehicle", passage.vehicle());
                                o.string("shown", passage.shown());
                                o.string("registered", passage.registered());
                                o.string("read", passage.read());
                                o.string("readClass", passage.readClass());
                                o.bool("tag", passage.tag());
                            });
                });
    }

    private static void episode(GroundTruth.CameraEpisode seen, JsonOut out) throws IOException {
        out.string("type", seen.type());
        out.string("kind", seen.kind());
        out.string("deviceId", seen.deviceId());
        out.number("start", seen.start());
        out.number("end", seen.end());
        out.strings("trackIds", seen.trackIds());
    }
}
