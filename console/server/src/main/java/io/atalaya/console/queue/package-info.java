/**
 * What a browser has on its screen: pages of items, the stream of their changes, mutes, saved views
 * and exports.
 */
package io.atalaya.console.queue;
