/**
 * Measures the cost of the jobs and compares it with alternatives: whole jobs on a real broker
 * ({@code scripts/bench hotlist}, {@code scripts/bench video}, {@code scripts/bench dispatch}),
 * serving the models ({@code scripts/bench inference}), and the innermost loops alone ({@code
 * scripts/bench kernel}).
 *
 * <pre>
 * comparison ─> contenders, laps, their ratios, the table and the JSON: no Flink, no Kafka
 * cluster ────> the broker, a job as a contender, a steady feed, memory and checkpoints
 * hotlist ────> the run for hotlist-match: the recorded city, the list, its contenders
 * video ──────> the run for video-analytics: the simulated film, its contenders
 * dispatch ───> the run for dispatch: its engine alone, storms, heartbeats
 * inference ──> serving the models with DJL and with ONNX Runtime alone
 * kernel ─────> JMH
 * </pre>
 */
package io.atalaya.bench;
