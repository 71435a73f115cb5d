export interface Command {
  key: string;
  /** What the key is called in the list of keys, where that is not the key itself. */
  shown?: string;
  group: 'move' | 'answer' | 'more';
  label: string;
  hint?: string;
  button?: 'outcome' | 'act' | 'drone';
  enabled?: () => boolean;
  run: (e?: KeyboardEvent) => void;
}

/** Whether a key belongs to what has the focus: a field, or an open dialog. */
export function isTyping(e: KeyboardEvent): boolean {
  const target = e.target as HTMLElement;
  return document.querySelector('dialog[open]') !== null || target.isContentEditable ||
    ['TEXTAREA', 'SELECT'].includes(target.tagName) || (target.tagName === 'INPUT' && !['checkbox', 'radio', 'button'].includes((target as HTMLInputElement).type));
}

/** Runs the command of a key; Enter and blanks are left to buttons and links. */
export function dispatchKey(e: KeyboardEvent, commands: () => Command[]) {
  if (e.defaultPrevented || e.altKey || e.ctrlKey || e.metaKey || isTyping(e)) {
    return;
  }
  const target = e.target as HTMLElement;
  if ((e.key === 'Enter' || e.key === ' ') && ['BUTTON', 'A', 'INPUT', 'SUMMARY'].includes(target.tagName)) {
    return;
  }
  if (e.key.startsWith('Arrow') && (target.tagName === 'CANVAS' || target.tagName === 'INPUT')) {
    return;
  }
  const command = commands().find((candidate) => candidate.key === e.key);
  if (command && command.enabled?.() !== false) {
    e.preventDefault();
    command.run(e);
  }
}

/** Closes a dialog in the same moment; the browser's own event comes later, and would close what the next key has opened. */
export function leave(dialog: HTMLDialogElement, onclose: () => void) {
  dialog.close();
  onclose();
}

/** What a dialog listens to so that Escape leaves it. */
export const leaving = (onclose: () => void) => ({
  onkeydowncapture: (e: KeyboardEvent & { currentTarget: HTMLDialogElement }) => {
    if (e.key === 'Escape') {
      e.preventDefault();
      e.stopPropagation();
      leave(e.currentTarget, onclose);
    }
  },
  onclose: (e: Event & { currentTarget: HTMLDialogElement }) => e.currentTarget.isConnected && onclose(),
});
