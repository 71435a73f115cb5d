/** How far a broker may be fed ahead of the jobs that read from it. */
package io.atalaya.lab.feed;
