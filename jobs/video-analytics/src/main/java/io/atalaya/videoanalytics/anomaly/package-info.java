/**
 * What is unusual at a camera by a model and the camera's own past: trajectories and activity,
 * under an alarm budget.
 */
package io.atalaya.videoanalytics.anomaly;
