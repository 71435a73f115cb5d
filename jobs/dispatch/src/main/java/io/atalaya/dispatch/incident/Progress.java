package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.contracts.dispatch.Incident.Status;

/** How far the answering of an incident is, and what is due: who has it, and who is asked next. */
final class Progress {
    /** What people made of it. */
    Status answered = Status.OPEN;

    Assignment assignment;

    /** No message about the assignment has a lower revision. */
    long assignedAt;

    /** Start of the present chain of escalation; 0 if no site has been notified. */
    long notifiedAt;

    int nextStep;

    /** The next step waits for the position's budget. */
    boolean isStepHeld;

    /** So does a reminder. */
    boolean isReminderHeld;

    /** Why the other site is to be asked before any further step, or null. */
    String askOtherFor;

    /** The site that said that the place is not its own, or null. */
    String notOf;

    /** Every deadline up to this time has been reminded of. */
    long remindedFor;

    Long acknowledgeBy;
    Long acknowledgedUntil;
    Long acceptBy;
    Long onSceneBy;

    Progress() {}

    Progress(Progress other) {
        answered = other.answered;
        assignment = other.assignment;
        assignedAt = other.assignedAt;
        notifiedAt = other.notifiedAt;
        nextStep = other.nextStep;
        isStepHeld = other.isStepHeld;
        isReminderHeld = other.isReminderHeld;
        askOtherFor = other.askOtherFor;
        notOf = other.notOf;
        remindedFor = other.remindedFor;
        acknowledgeBy = other.acknowledgeBy;
        acknowledgedUntil = other.acknowledgedUntil;
        acceptBy = other.acceptBy;
        onSceneBy = other.onSceneBy;
    }

    /** Whether no one has answered. */
    boolean isWaiting() {
        return Lifecycle.isWaiting(answered);
    }

    /** Whether it waits for someone to take it. */
    boolean isUnaccepted() {
        return Lifecycle.isUnaccepted(answered);
    }

    /** Nothing waits for the budget any more. */
    void clearHeld() {
        isStepHeld = false;
        isReminderHeld = false;
        askOtherFor = null;
    }

    void clearDeadlines() {
        acknowledgeBy = null;
        acknowledgedUntil = null;
        acceptBy = null;
        onSceneBy = null;
    }

    /** Whether it is of no site any more. */
    boolean isOver() {
        return Lifecycle.isOver(answered);
    }

    /** Whether a site has taken it. */
    boolean isTaken() {
        return answered == Status.ACCEPTED || answered == Status.ON_SCENE;
    }

    /** Orders by how much is done about what is not over. */
    int rank() {
        return switch (answered) {
            case CLOSED, CANCELLED -> 0;
            case OPEN, REOPENED -> 1;
            case ACKNOWLEDGED -> 2;
            case ACCEPTED -> 3;
            case ON_SCENE -> 4;
        };
    }
}
