package io.atalaya.contracts.alert;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/** The alert types by their names on the wire, each with its kind of evidence. */
public enum AlertType {
    HOTLIST_MATCH(HotlistEvidence.class),
    CLONED_PLATE(CloneEvidence.class),
    PLATE_TAG_MISMATCH(MismatchEvidence.class),
    CONVOY(ConvoyEvidence.class),
    STOPPED_VEHICLE(CameraEvidence.class),
    WRONG_WAY(CameraEvidence.class),
    SPEEDING(CameraEvidence.class),
    CRAWLING(CameraEvidence.class),
    LOITERING(CameraEvidence.class),
    CROWD(CameraEvidence.class),
    CONGESTION(CameraEvidence.class),
    ABANDONED_OBJECT(CameraEvidence.class),
    ZONE_INTRUSION(CameraEvidence.class),
    LINE_CROSSING(CameraEvidence.class),
    UNUSUAL_TRAJECTORY(CameraEvidence.class),
    UNUSUAL_ACTIVITY(CameraEvidence.class),
    CAMERA_SILENT(CameraEvidence.class),
    CAMERA_FROZEN(CameraEvidence.class),
    CAMERA_MOVED(CameraEvidence.class),
    STREAM_INCONSISTENT(CameraEvidence.class),
    ANALYTICS_FAULT(FaultEvidence.class);

    private final Class<? extends Evidence> evidence;

    AlertType(Class<? extends Evidence> evidence) {
        this.evidence = evidence;
    }

    /** The kind of evidence that alerts of this type carry. */
    public Class<? extends Evidence> evidence() {
        return evidence;
    }

    /** Whether the alert is about what a camera sees, or about the camera itself. */
    public boolean isCamera() {
        return evidence == CameraEvidence.class;
    }

    /** For example {@code hotlist-match}. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
