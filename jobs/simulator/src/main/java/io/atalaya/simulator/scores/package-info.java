/** Simulated anomaly scores of cameras, for testing alert budgets. */
package io.atalaya.simulator.scores;
