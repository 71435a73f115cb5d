/**
 * A sample city with known answers: arches between Toluca and Ecatepec, vehicles that drive between
 * them at real speeds, cameras that misread as real ones do, and wanted, cloned and convoy vehicles
 * whose passages the {@link io.atalaya.simulator.truth.GroundTruth} names. The same options give
 * the same bytes.
 *
 * <pre>
 * Roads ──> Traffic (free cars) ──┐
 *   └─────> Script (told stories) ┼─> ArchRecorder ──> records in order of arrival
 * Fleet, PlateCamera ─────────────┘        └─────────> Truth
 * </pre>
 */
package io.atalaya.simulator;
