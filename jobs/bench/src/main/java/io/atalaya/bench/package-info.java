/**
 * What the jobs cost, measured beside what else one could run: whole jobs on a real broker ({@code
 * scripts/bench hotlist}, {@code scripts/bench video}), and the innermost loops alone ({@code
 * scripts/bench kernel}).
 *
 * <pre>
 * recording ─> reads, devices and lists, into a broker
 * throughput ─> one lap each of the contenders over the same records
 * latency ───> a steady feed, and how long until the alert
 * state ─────> what a job holds, and its checkpoints
 * hotlist ───> the whole run, its figures, its table and its JSON
 * video ─────> the same for the camera job, with the film that it sees
 * measure ───> medians, delays, straight lines: no Flink, no Kafka
 * kernel ────> JMH
 * </pre>
 */
package io.atalaya.bench;
