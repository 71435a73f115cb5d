/**
 * Counts and values over time with seasons, faults and known anomalies: what the sensors of a city
 * report.
 */
package io.atalaya.simulator.series;
