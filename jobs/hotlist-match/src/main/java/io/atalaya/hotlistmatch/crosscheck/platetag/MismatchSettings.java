package io.atalaya.hotlistmatch.crosscheck.platetag;

import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;

import java.io.Serializable;

/**
 * The rules by which a plate that is not its tag's becomes an alert.
 *
 * @param thresholds what is done at which score
 * @param priority of the alerts, 0..100
 */
public record MismatchSettings(ActionThresholds thresholds, int priority) implements Serializable {}
