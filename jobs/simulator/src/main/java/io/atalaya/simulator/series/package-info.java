/**
 * Simulated sensor series of a city: counts and values with seasons, faults and known anomalies.
 */
package io.atalaya.simulator.series;
