package io.atalaya.contracts.camera.adapter.onvif;

import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.adapter.FrameDraft;
import io.atalaya.contracts.camera.adapter.FrameDraft.Box;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.NumberText;
import io.atalaya.contracts.onvif.OnvifElement;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One {@code Frame} of a metadata stream. */
final class MetadataFrame {
    /** The elements of an object's description that state its class. */
    private static final Set<String> GUESSES = Set.of("Type", "ClassCandidate", "OtherTypes");

    private final OnvifElement frame;
    private final int grid;

    /**
     * @param grid upper end of the grid for boxes without a transformation, or 0
     */
    MetadataFrame(OnvifElement frame, int grid) {
        this.frame = frame;
        this.grid = grid;
    }

    /**
     * Adds the frame's objects to the draft.
     *
     * @return false if the frame has objects but no positions, so that it carries no information
     *     about the image
     */
    boolean addTo(FrameDraft draft) throws InvalidRecordException {
        OnvifElement outer = frame.child("Transformation");
        boolean objects = false;
        boolean places = false;
        for (OnvifElement object : frame.children()) {
            if (object.name().equals("Object")) {
                objects = true;
                places |= add(object, outer, draft);
            } else if (object.name().equals("ObjectTree")) {
                for (OnvifElement change : object.children()) {
                    removeReplaced(change, draft);
                    places = true;
                }
            }
        }
        return places || !objects;
    }

    private boolean add(OnvifElement object, OnvifElement outer, FrameDraft draft)
            throws InvalidRecordException {
        String id = id(object);
        if (object.at("Behaviour", "Removed") != null) {
            draft.removeTrack(object.path() + ".ObjectId", id);
            return true;
        }
        OnvifElement box = object.at("Appearance", "Shape", "BoundingBox");
        if (box == null) {
            return false;
        }
        List<OnvifElement> transformations = new ArrayList<>(2);
        OnvifElement inner = object.at("Appearance", "Transformation");
        if (inner != null) {
            transformations.add(inner);
        }
        if (outer != null) {
            transformations.add(outer);
        }
        Box place = new BoundingBox(box, transformations, grid).inFrame();
        Guess guess = classOf(object.child("Appearance"));
        draft.add(
                object.path() + ".ObjectId",
                id,
                guess.type(),
                guess.likelihood(),
                place,
                object.at("Behaviour", "Idle") != null);
        return !place.isEmpty();
    }

    private static String id(OnvifElement element) {
        String number = element.attribute("ObjectId");
        return number == null || number.isEmpty() ? element.attribute("UUID") : number;
    }

    /**
     * Records as gone the ids that the camera deleted, renamed, merged or split, because the
     * objects continue only under the resulting ids.
     */
    private static void removeReplaced(OnvifElement change, FrameDraft draft)
            throws InvalidRecordException {
        if (change.name().equals("Delete")) {
            draft.removeTrack(change.path() + ".ObjectId", id(change));
            return;
        }
        List<String> to = new ArrayList<>();
        for (OnvifElement end : change.children()) {
            if (end.name().equals("To")) {
                to.add(id(end));
            }
        }
        for (OnvifElement end : change.children()) {
            if (end.name().equals("From") && !to.contains(id(end))) {
                draft.removeTrack(end.path() + ".ObjectId", id(end));
            }
        }
    }

    private record Guess(String type, double likelihood) {}

    /** The likeliest class; otherwise the class that the description's elements imply. */
    private static Guess classOf(OnvifElement appearance) {
        Guess best = null;
        OnvifElement stated = appearance.child("Class");
        if (stated != null) {
            for (OnvifElement each : stated.all(MetadataFrame::isGuess)) {
                Guess guess = guess(each);
                if (guess != null && (best == null || guess.likelihood() > best.likelihood())) {
                    best = guess;
                }
            }
        }
        if (best != null) {
            return best;
        }
        if (appearance.child("HumanBody") != null) {
            return new Guess("Human", CameraFrameCodec.CERTAIN);
        }
        if (appearance.child("HumanFace") != null) {
            return new Guess("HumanFace", CameraFrameCodec.CERTAIN);
        }
        return new Guess(
                appearance.child("VehicleInfo") == null ? null : "Vehicle",
                CameraFrameCodec.CERTAIN);
    }

    /**
     * Whether an element states a class. Newer cameras send a type with its likelihood as an
     * attribute; older ones send a candidate with both inside, and an extension for classes outside
     * their list.
     */
    private static boolean isGuess(OnvifElement element) {
        return GUESSES.contains(element.name()) && !GUESSES.contains(element.parent().name());
    }

    private static Guess guess(OnvifElement each) {
        OnvifElement type = each.name().equals("Type") ? each : each.child("Type");
        if (type == null || type.text().isEmpty()) {
            return null;
        }
        String likelihood = type.attribute("Likelihood");
        if (likelihood == null) {
            likelihood = each.attribute("Likelihood");
        }
        double stated =
                likelihood == null
                        ? CameraFrameCodec.CERTAIN
                        : NumberText.orNaN(likelihood.strip());
        return new Guess(
                type.text(), stated >= 0 && stated <= 1 ? stated : CameraFrameCodec.CERTAIN);
    }
}
