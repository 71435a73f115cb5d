package io.atalaya.hotlistmatch.event;

import org.apache.flink.api.common.functions.MapFunction;

/** Changes of the list as news. */
public final class ListNewsFunction implements MapFunction<ListDelta, News> {
    private static final long serialVersionUID = 1L;

    @Override
    public News map(ListDelta delta) {
        return new News.OfList(delta);
    }
}
