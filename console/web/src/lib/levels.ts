export type Level = 'critical' | 'high' | 'medium' | 'low';

/** Where each level but the lowest begins. Must agree with priorities.yaml, whose `never` is the critical one. */
export const LEVELS = { medium: 40, high: 70, critical: 90 };

export const level = (priority: number): Level =>
  priority >= LEVELS.critical ? 'critical' : priority >= LEVELS.high ? 'high' : priority >= LEVELS.medium ? 'medium' : 'low';

/** Whether it always interrupts: no mute, budget or subscription holds it back. */
export const isUrgent = (priority: number) => priority >= LEVELS.critical;
