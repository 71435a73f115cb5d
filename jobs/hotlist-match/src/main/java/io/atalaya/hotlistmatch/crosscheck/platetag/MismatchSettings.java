package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;

import java.io.Serializable;

/**
 * The settings by which a mismatch of plate and tag becomes an alert.
 *
 * @param thresholds score thresholds of the actions
 * @param priority of the alerts, 0..100
 */
public record MismatchSettings(ActionThresholds thresholds, int priority) implements Serializable {}
