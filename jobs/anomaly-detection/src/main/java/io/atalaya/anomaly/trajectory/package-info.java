/** Anomalies of a trajectory, against the trajectories that the camera itself has seen. */
package io.atalaya.anomaly.trajectory;
