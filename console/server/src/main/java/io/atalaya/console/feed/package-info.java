/** Reads the topics and hands each record to those who keep what it says. */
package io.atalaya.console.feed;
