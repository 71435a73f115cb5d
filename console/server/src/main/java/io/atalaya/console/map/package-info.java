/**
 * Where things are: devices with their health, sites and who is on duty there, walls of screens,
 * drones, and the base map.
 */
package io.atalaya.console.map;
