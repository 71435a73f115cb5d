/**
 * Measures the cost of the jobs and compares it with alternatives: whole jobs on a real broker
 * ({@code scripts/bench hotlist}, {@code scripts/bench video}), and the innermost loops alone
 * ({@code scripts/bench kernel}).
 *
 * <pre>
 * recording ─> reads, devices and lists, into a broker
 * throughput ─> one lap per contender over the same records
 * latency ───> a steady feed, and the delay until the alert
 * state ─────> memory, state and checkpoints of a job
 * hotlist ───> the whole run, its figures, its table and its JSON
 * video ─────> the same for the camera job, with its simulated film
 * measure ───> medians, delays, straight lines: no Flink, no Kafka
 * kernel ────> JMH
 * </pre>
 */
package io.atalaya.bench;
