/**
 * A sample city with ground truth: arches between Toluca and Ecatepec, vehicles that drive between
 * them at realistic speeds, cameras with realistic misreads, and wanted, cloned and convoy vehicles
 * whose passages {@link io.atalaya.simulator.truth.GroundTruth} contains. The same options give the
 * same bytes.
 *
 * <pre>
 * Roads ──> Traffic (free vehicles) ──┐
 *   └─────> ScenarioPlan (scenarios) ─┼─> ArchRecorder ──> records in order of arrival
 * Fleet, PlateCamera ─────────────────┘        └─────────> GroundTruth
 * </pre>
 */
package io.atalaya.simulator;
