/**
 * The city's cameras: what their detectors and trackers send of stretches of road, pavements and
 * squares, and what happens there. Places are in metres before the camera: x to the right, z away
 * from it.
 *
 * <pre>
 * CameraScript (what happens when) ──┐
 * Site (what there is to see) ───────┼─> Street, Walkers ─> Figures ─> Tracker ─> frames
 * Rhythm (how much of it at that hour)┘        └─> Happening ──────────────────> Truth
 * </pre>
 */
package io.atalaya.simulator.camera;
