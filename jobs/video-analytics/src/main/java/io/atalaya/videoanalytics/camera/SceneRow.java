package io.atalaya.videoanalytics.camera;

/**
 * One row of a camera's grid, as states have it in which the grid lay beside the watch.
 *
 * @param cells as {@link io.atalaya.videoanalytics.scene.SceneGrid#readRow} reads them
 */
record SceneRow(byte[] cells) {}
