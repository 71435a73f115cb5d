package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;

import java.util.List;

/**
 * One complete revision of an episode.
 *
 * @param identityKey identifies the episode among those of its type and camera
 * @param startedAt device time of the first evidence, epoch ms
 * @param lastObservedAt device time of the last evidence, epoch ms
 * @param isEnded whether it has ended or was cancelled
 * @param boxes where its objects were last seen as part of it
 * @param value measured value
 * @param limit limit that the value broke
 * @param more second number; its meaning depends on the type
 * @param causedAt arrival time of the cause of this revision, epoch ms
 * @param reason why the episode changed, for the log; null if its measures say it
 */
public record EpisodeUpdate(
        AlertType type,
        String identityKey,
        long revision,
        Alert.Status status,
        long startedAt,
        long lastObservedAt,
        boolean isEnded,
        List<String> trackIds,
        int objects,
        String zoneId,
        CameraEvidence.Region region,
        List<CameraEvidence.ObjectBox> boxes,
        double value,
        double limit,
        double more,
        long causedAt,
        String reason) {}
