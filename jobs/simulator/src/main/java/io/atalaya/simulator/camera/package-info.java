/**
 * The city's cameras: the frames that their detectors and trackers send of streets, pavements and
 * squares, and the episodes there. Places are in metres from the camera: x to the right, z away
 * from it.
 *
 * <pre>
 * EpisodePlan (episodes and times) ──┐
 * Site (the scene) ──────────────────┼─> Street, Walkers ─> SceneObjects ─> SimulatedTracker ─> frames
 * DailyProfile (activity by hour) ───┘        └─> OngoingEpisode ─> GroundTruth
 * </pre>
 */
package io.atalaya.simulator.camera;
