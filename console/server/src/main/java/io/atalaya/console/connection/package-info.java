/**
 * With what the console is started, and its two ends: the broker to which it writes, and its
 * database.
 */
package io.atalaya.console.connection;
