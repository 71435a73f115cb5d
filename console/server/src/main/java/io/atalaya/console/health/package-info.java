/**
 * How the installation is: delays, dead letters, silent devices, models and alert budgets, for a
 * page and for Prometheus.
 */
package io.atalaya.console.health;
