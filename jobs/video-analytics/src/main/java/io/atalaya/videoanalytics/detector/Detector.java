package io.atalaya.videoanalytics.detector;

/**
 * Looks for one kind of thing after each frame; opens, updates and ends its incidents. It keeps
 * nothing of its own: what it has to remember is with the tracks and the incidents.
 */
public interface Detector {
    void look(FrameContext view);
}
