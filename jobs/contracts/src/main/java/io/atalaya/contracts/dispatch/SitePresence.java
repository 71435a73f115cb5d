package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import java.util.List;

/**
 * One message of topic {@code site-presence}: a command centre is alive, and who works there.
 *
 * @param positions on duty; a site without any is down
 * @param time of the message, epoch ms
 */
public record SitePresence(String site, List<Position> positions, @EpochMillis long time) {
    public static final RecordCodec<SitePresence> CODEC =
            new RecordCodec<>(SitePresence.class, 512 * 1024);

    public SitePresence {
        Field.visible("site", site, Limits.MAX_NAME);
        positions = Field.list("positions", positions, 250);
        Field.time("time", time);
    }

    /**
     * A position with a person at it.
     *
     * @param supervisor whether incidents escalate to this position
     */
    public record Position(String position, String operator, boolean supervisor) {
        public Position {
            Field.visible("position", position, Limits.MAX_NAME);
            Field.visible("operator", operator, Limits.MAX_NAME);
        }
    }
}
