/**
 * Alerts at a set rate per day: converts scores without a scale of their own into the rarest of
 * them.
 */
package io.atalaya.anomaly.budget;
