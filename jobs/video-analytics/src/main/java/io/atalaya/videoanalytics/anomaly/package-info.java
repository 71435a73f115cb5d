/**
 * Anomalies of trajectories and activity at a camera, scored by a model against the camera's own
 * past, under an alert budget.
 */
package io.atalaya.videoanalytics.anomaly;
