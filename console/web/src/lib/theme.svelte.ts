export const look = $state({ theme: localStorage.getItem('theme') === 'light' ? 'light' : 'dark' });

export function setTheme(theme: string) {
  look.theme = theme;
  localStorage.setItem('theme', theme);
  document.documentElement.dataset.theme = theme;
}

document.documentElement.dataset.theme = look.theme;
