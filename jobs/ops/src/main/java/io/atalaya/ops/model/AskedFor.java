package io.atalaya.ops.model;

import io.atalaya.contracts.model.ModelControl;

/**
 * A record of a model in topic {@code model-control}.
 *
 * @param control null if the record cannot be read
 * @param position as an answer names it: {@code topic-partition-offset}
 */
record AskedFor(ModelControl control, String position) {}
