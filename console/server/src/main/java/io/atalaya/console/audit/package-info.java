/**
 * Who looked at what, and did what: the chain of records, and how they get into the signed audit.
 */
package io.atalaya.console.audit;
