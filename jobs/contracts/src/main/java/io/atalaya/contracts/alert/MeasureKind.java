package io.atalaya.contracts.alert;

import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The numbers that explain alerts of cameras, each with its unit and its name for people. */
public enum MeasureKind {
    STANDING("standing", "s", MessageCode.STOPPED_TIME),
    STAYING("staying", "s", MessageCode.DWELL_TIME),
    AGAINST_TRAFFIC("againstTraffic", "s", MessageCode.AGAINST_TRAFFIC),
    CHANCE("chance", null, MessageCode.TYPICAL_CHANCE),
    TIMES_USUAL_SPEED("timesUsualSpeed", null, MessageCode.RELATIVE_SPEED),
    CRAWLING("crawling", "s", MessageCode.CRAWLING_TIME),
    PEOPLE("people", null, MessageCode.PEOPLE_COUNT),
    PEOPLE_NOW("peopleNow", null, MessageCode.PEOPLE_NOW),
    SLOW_VEHICLES("slowVehicles", null, MessageCode.SLOW_VEHICLES),
    SHARE_OF_VEHICLES("shareOfVehicles", null, MessageCode.SLOW_SHARE),
    LYING("lying", "s", MessageCode.LYING_TIME),
    UNATTENDED("unattended", "s", MessageCode.UNATTENDED_TIME),
    IN_ZONE("inZone", "s", MessageCode.TIME_IN_ZONE),
    SILENT("silent", "s", MessageCode.SILENT_TIME),
    LONGEST_USUAL_PAUSE("longestUsualPause", "s", MessageCode.LONGEST_PAUSE),
    REPEATING("repeating", "s", MessageCode.REPEATING_TIME),
    EMPTY("empty", "s", MessageCode.EMPTY_TIME),
    USUALLY_PER_MINUTE("usuallyPerMinute", null, MessageCode.TYPICAL_RATE),
    MISFIT("misfit", null, MessageCode.SCENE_DIFFERENCE),
    FRAMES_BACKWARDS("framesBackwards", null, MessageCode.FRAMES_BACKWARDS),
    BOXES_OUTSIDE("boxesOutside", null, MessageCode.BOXES_OUTSIDE),
    IDS_RECYCLED("idsRecycled", null, MessageCode.REUSED_IDS),
    TIMES_A_DAY("timesADay", "1/d", MessageCode.EXPECTED_RATE),
    P_VALUE("pValue", null, MessageCode.P_VALUE),
    DEVIATION("deviation", null, MessageCode.DEVIATION),
    IN_VIEW("inView", null, MessageCode.IN_VIEW),
    ALERTS_A_DAY_SO_FAR("alertsADaySoFar", "1/d", MessageCode.ALERT_RATE),
    DAYS_SO_FAR("daysSoFar", "d", MessageCode.DAYS_OBSERVED),
    SILENT_CAMERAS("silentCameras", null, MessageCode.SILENT_CAMERAS),
    OF_CAMERAS("ofCameras", null, MessageCode.ALL_CAMERAS);

    private static final Map<String, MeasureKind> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toMap(kind -> kind.wireName, Function.identity()));

    private final String wireName;
    private final String unit;
    private final MessageCode label;

    MeasureKind(String wireName, String unit, MessageCode label) {
        this.wireName = wireName;
        this.unit = unit;
        this.label = label;
    }

    /** What people call a measure; its name on the wire if it is none of these. */
    public static Text label(CameraEvidence.Measure measure) {
        MeasureKind kind = BY_NAME.get(measure.name());
        return kind == null ? new Text.Word(measure.name()) : Message.of(kind.label);
    }

    /** A measure without a limit, which only explains. */
    public CameraEvidence.Measure of(double value) {
        return of(value, null);
    }

    public CameraEvidence.Measure of(double value, Double limit) {
        return new CameraEvidence.Measure(wireName, value, limit, unit);
    }
}
