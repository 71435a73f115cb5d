package io.atalaya.videoanalytics.camera;

/**
 * One row of a camera's grid.
 *
 * @param cells as {@link io.atalaya.videoanalytics.scene.SceneGrid#writeRow} wrote them
 */
record SceneRow(byte[] cells) {}
