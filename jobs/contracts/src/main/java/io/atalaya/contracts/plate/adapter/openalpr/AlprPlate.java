package io.atalaya.contracts.plate.adapter.openalpr;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.adapter.PlateCrop;
import io.atalaya.contracts.plate.adapter.PlateText;
import io.atalaya.contracts.plate.adapter.ReadId;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A plate in one image: an element of {@code results}, or the {@code best_plate} of a group.
 *
 * @param text null if not given
 * @param confidence 0..1; null if not given
 * @param index of the plate in its image; null if not given
 * @param region such as {@code us-mo}; null if not given
 * @param regionConfidence 0..1; null if not given
 * @param crop base64, {@link io.atalaya.contracts.plate.PlateRead#IMAGE_TOO_LARGE}, or null without
 *     an image
 */
record AlprPlate(
        String text,
        Double confidence,
        List<Candidate> candidates,
        Integer index,
        String region,
        Double regionConfidence,
        String crop) {
    private static final int MAX_TEXT = 64;
    private static final int MAX_CANDIDATES = 128;
    static final int MAX_INDEX = 10_000;

    static AlprPlate read(JsonIn in) throws InvalidRecordException {
        String text = null;
        Double confidence = null;
        List<Candidate> candidates = List.of();
        Integer index = null;
        String region = null;
        Double regionConfidence = null;
        String crop = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "plate" -> text = text(in);
                case "confidence" -> confidence = Percent.read(in);
                case "candidates" -> candidates = candidates(in);
                case "plate_index" -> index = in.unlessWrong(i -> i.integer(0, MAX_INDEX));
                case "region" -> region = in.unlessWrong(i -> i.anyString(MAX_TEXT));
                case "region_confidence" -> regionConfidence = Percent.unlessWrong(in);
                case "plate_crop_jpeg" -> crop = PlateCrop.read(in);
                default -> in.skip();
            }
        }
        return new AlprPlate(text, confidence, candidates, index, region, regionConfidence, crop);
    }

    /**
     * The id of the plate with that index in an image; the first plate has the image's id.
     *
     * @param index or null for the only plate
     */
    static String id(String image, Integer index) {
        return index == null || index == 0 ? image : ReadId.of(image, index);
    }

    static String text(JsonIn in) throws InvalidRecordException {
        return in.anyString(MAX_TEXT);
    }

    /** The first of the agent's alternatives that can be plates. */
    static List<Candidate> candidates(JsonIn in) throws InvalidRecordException {
        List<Optional<Candidate>> all = in.unlessWrong(AlprPlate::eachCandidate);
        return Stream.ofNullable(all)
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .filter(candidate -> PlateText.isPlate(candidate.plate()))
                .limit(PlateReadCodec.MAX_CANDIDATES)
                .toList();
    }

    private static List<Optional<Candidate>> eachCandidate(JsonIn in)
            throws InvalidRecordException {
        return in.list(
                MAX_CANDIDATES,
                i -> Optional.ofNullable(i.unlessWrong(j -> j.object(AlprPlate::candidate))));
    }

    private static Candidate candidate(JsonIn in) throws InvalidRecordException {
        String plate = null;
        Double confidence = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "plate" -> plate = text(in);
                case "confidence" -> confidence = Percent.read(in);
                default -> in.skip();
            }
        }
        return new Candidate(in.required("plate", plate), in.required("confidence", confidence));
    }
}
