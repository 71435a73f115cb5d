package io.atalaya.ops.model;

import io.atalaya.contracts.model.ModelControl;

/**
 * A request for a model version in topic {@code model-control}.
 *
 * @param control null if the record is malformed
 * @param position as a result names it: {@code topic-partition-offset}
 */
record ModelRequest(ModelControl control, String position) {}
