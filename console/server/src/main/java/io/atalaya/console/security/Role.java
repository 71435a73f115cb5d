package io.atalaya.console.security;

/** What an account may do; an account can have several. {@link Routes} says what each may call. */
public enum Role {
    /** Answers the queue of its own sites. */
    DISPATCHER,
    /** The same, and mutes for others, changes the hot list, and manages accounts. */
    SUPERVISOR,
    /** Looks at models and rates; sees nothing covert. */
    ANALYST,
    /** Searches. */
    INVESTIGATOR,
    /** Reads the audit and nothing else. */
    AUDITOR,
    /** Looks after the installation. */
    OPERATOR,
    /** A screen that no one sits at; sees nothing covert. */
    WALL
}
