package io.atalaya.hotlistmatch.event;

import org.apache.flink.api.common.functions.MapFunction;

/** Maps changes of the list to reference updates. */
public final class HotlistUpdateFunction implements MapFunction<ListDelta, ReferenceUpdate> {
    private static final long serialVersionUID = 1L;

    @Override
    public ReferenceUpdate map(ListDelta delta) {
        return new ReferenceUpdate.HotlistChanged(delta);
    }
}
