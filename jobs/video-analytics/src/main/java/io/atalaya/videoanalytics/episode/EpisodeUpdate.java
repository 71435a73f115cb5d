package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;

import java.util.List;

/**
 * One revision of an incident, whole.
 *
 * @param anchor what makes it this one, beside type and camera
 * @param since event time of the first evidence, epoch ms
 * @param until event time of the last, epoch ms
 * @param ended whether it is over, rightly or not
 * @param value what was measured
 * @param limit the bound that it broke
 * @param more a second number, by type
 * @param at arrival clock of what caused this revision, epoch ms
 */
public record EpisodeUpdate(
        AlertType type,
        String anchor,
        long revision,
        Alert.Status status,
        long since,
        long until,
        boolean ended,
        List<String> trackIds,
        int objects,
        String zoneId,
        CameraEvidence.Region region,
        double value,
        double limit,
        double more,
        long at) {}
