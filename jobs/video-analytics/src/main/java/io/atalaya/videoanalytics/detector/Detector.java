package io.atalaya.videoanalytics.detector;

/**
 * Detects one type of episode after each frame; opens, updates and ends its episodes. It holds no
 * state: its state is kept with the tracks and the episodes.
 */
public interface Detector {
    void detect(FrameContext view);
}
