package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;

/** One sentence per episode for a dispatcher who has not seen the image yet. */
final class EpisodeHeadlines {
    private EpisodeHeadlines() {}

    static Text of(EpisodeUpdate update) {
        double value = update.value();
        boolean over = update.isEnded();
        return switch (update.type()) {
            case STOPPED_VEHICLE ->
                    update.objects() > 1
                            ? Message.of(
                                    MessageCode.STOPPED_VEHICLES,
                                    time(value, over),
                                    update.objects())
                            : Message.of(MessageCode.STOPPED_VEHICLE, time(value, over));
            case WRONG_WAY ->
                    Message.of(over ? MessageCode.WRONG_WAY_ENDED : MessageCode.WRONG_WAY);
            case SPEEDING -> Message.of(MessageCode.SPEEDING, value);
            case CRAWLING -> Message.of(MessageCode.CRAWLING, 100 * value);
            case LOITERING -> Message.of(MessageCode.LOITERING, time(value, over));
            case CROWD -> Message.of(MessageCode.CROWD, value, update.limit());
            case CONGESTION -> Message.of(MessageCode.CONGESTION, value);
            case ABANDONED_OBJECT -> Message.of(abandoned(update), time(value, over));
            case ZONE_INTRUSION -> Message.of(MessageCode.ZONE_INTRUSION, update.zoneId());
            case LINE_CROSSING -> Message.of(MessageCode.LINE_CROSSING, update.zoneId());
            case CAMERA_SILENT ->
                    Message.of(
                            over ? MessageCode.CAMERA_SILENT_ENDED : MessageCode.CAMERA_SILENT,
                            time(value, over));
            case CAMERA_FROZEN ->
                    Message.of(
                            over ? MessageCode.CAMERA_FROZEN_ENDED : MessageCode.CAMERA_FROZEN,
                            time(value, over));
            case CAMERA_MOVED ->
                    update.more() > 0
                            ? Message.of(MessageCode.CAMERA_COVERED, time(value, over))
                            : Message.of(
                                    over
                                            ? MessageCode.CAMERA_MOVED_ENDED
                                            : MessageCode.CAMERA_MOVED);
            case STREAM_INCONSISTENT ->
                    Message.of(
                            update.more() == 1
                                    ? MessageCode.STREAM_CLOCK_STALLED
                                    : update.more() == 2
                                            ? MessageCode.STREAM_BOXES_OUTSIDE
                                            : MessageCode.STREAM_IDS_REUSED);
            default -> throw new IllegalArgumentException(update.type() + " is found by no rule");
        };
    }

    /**
     * The number is the unattended time. A person who finds an abandoned object often stands beside
     * it afterwards.
     */
    private static MessageCode abandoned(EpisodeUpdate update) {
        if (update.more() > 0) {
            return MessageCode.ABANDONED_OBJECT_ALONE;
        }
        return update.isEnded()
                ? MessageCode.ABANDONED_OBJECT
                : MessageCode.ABANDONED_OBJECT_ATTENDED;
    }

    /** How long an episode lasts, or lasted. */
    private static Message time(double seconds, boolean over) {
        return Message.of(over ? MessageCode.LASTED : MessageCode.LASTING, duration(seconds));
    }

    /** Rounded to seconds below 100 s, minutes below 100 min, and hours above. */
    private static Message duration(double seconds) {
        if (seconds < 100) {
            return Message.of(MessageCode.SECONDS, Math.round(seconds));
        }
        return seconds < 6_000
                ? Message.of(MessageCode.MINUTES, Math.round(seconds / 60))
                : Message.of(MessageCode.HOURS, Math.round(seconds / 3_600));
    }
}
