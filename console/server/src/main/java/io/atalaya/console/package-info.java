/**
 * Starts the console and puts together what the other packages have: the command line, the beans
 * and their clock, the filters of requests, and the browser's part. No other package knows this
 * one.
 */
package io.atalaya.console;
