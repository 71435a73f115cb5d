/** Streams of anomaly scores as cameras give them, to try alarm budgets on. */
package io.atalaya.simulator.scores;
