package io.atalaya.videoanalytics.camera;

import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.io.Serializable;
import java.time.Duration;

/**
 * How cameras are watched, the same for all.
 *
 * @param watch what is unusual
 * @param policy how urgent it is
 * @param cached cameras that a subtask keeps at hand
 * @param forgetAfter a camera of which nothing has come for so long is forgotten
 * @param quietAfter a pause of a camera that is told to those who look for outages
 */
public record CameraSettings(
        CameraAnalyzerSettings watch,
        AlertPolicy policy,
        int cached,
        Duration forgetAfter,
        Duration quietAfter)
        implements Serializable {}
