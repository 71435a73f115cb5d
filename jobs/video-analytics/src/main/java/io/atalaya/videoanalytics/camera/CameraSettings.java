package io.atalaya.videoanalytics.camera;

import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.io.Serializable;
import java.time.Duration;

/**
 * Settings of the camera operator, the same for all cameras.
 *
 * @param analyzer settings of the detectors
 * @param policy action and priority of alerts
 * @param cached cameras that a subtask keeps in its cache
 * @param evictAfter a camera's state is deleted after this time without a frame
 * @param quietAfter a pause of this length is emitted to the outage detection
 */
public record CameraSettings(
        CameraAnalyzerSettings analyzer,
        AlertPolicy policy,
        int cached,
        Duration evictAfter,
        Duration quietAfter)
        implements Serializable {}
