package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Wall;

/** Receives what {@link Outreach} decides, in order. */
interface OutreachOutput {
    void announcement(Announcement announcement);

    void wall(Wall wall);

    void task(DroneTask task);

    void decision(Decision decision);
}
