/**
 * What a command centre has before it: what is known of incidents and alerts, what a viewer may see
 * of it, and what changed since a cursor. Only {@link io.atalaya.console.item.Items} changes it.
 */
package io.atalaya.console.item;
