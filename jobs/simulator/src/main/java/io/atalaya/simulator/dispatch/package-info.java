/**
 * A day of a command centre's sources with its truth: buttons, calls, alerts, public warnings and
 * the presence of both sites, what really happened, and which events belong together. The same
 * options give the same bytes.
 *
 * <pre>
 * Towns, Buttons ──> CallScenarios, ButtonScenarios, VehicleScenarios,   ──> SourceRecords ──> records by arrival
 *                    CameraScenarios, WarningScenarios, CentreRecords             └──────────> TrueIncident
 * messages of the job ──> Operators ──> responses
 * </pre>
 *
 * <p>Each kind of scenario has a random generator of its own, so that leaving out covert entries
 * changes no other record.
 */
package io.atalaya.simulator.dispatch;
