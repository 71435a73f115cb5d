/** Anomalies in a camera's counts over time, against the camera's own past. */
package io.atalaya.anomaly.series;
