package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition;

/** Receives what the incident engine decides, in order. */
public interface IncidentOutput {
    void incident(Incident incident);

    void message(String site, DispatchMessage message);

    void decision(Decision decision);

    void disposition(Disposition disposition);
}
