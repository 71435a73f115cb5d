/** Limits how far a broker is fed ahead of the jobs that read from it. */
package io.atalaya.lab.feed;
