/**
 * So many alerts a day and no more: from scores that mean nothing by themselves to the rarest of
 * them.
 */
package io.atalaya.anomaly.budget;
