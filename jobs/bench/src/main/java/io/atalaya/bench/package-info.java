/**
 * What the matching costs, measured beside what else one could run: whole jobs on a real broker
 * ({@code scripts/bench hotlist}), and the innermost loops alone ({@code scripts/bench kernel}).
 *
 * <pre>
 * recording ─> reads, devices and lists, into a broker
 * throughput ─> one lap each of three contenders over the same records
 * latency ───> a steady feed, and how long until the alert
 * hotlist ───> the whole run, its figures, its table and its JSON
 * measure ───> medians, delays, straight lines: no Flink, no Kafka
 * kernel ────> JMH
 * </pre>
 */
package io.atalaya.bench;
