/** The address of the page: every filter and item is part of it, so that it can be sent to another person. */
export const route = $state({ path: location.pathname, query: new URLSearchParams(location.search) });

addEventListener('popstate', read);

function read() {
  route.path = location.pathname;
  route.query = new URLSearchParams(location.search);
}

export function go(address: string) {
  history.pushState(null, '', address);
  read();
}

/** Changes parts of the query without a new entry in the history; an empty value removes the part. */
export function setQuery(parts: Record<string, string>) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(parts)) {
    if (value) {
      query.set(name, value);
    } else {
      query.delete(name);
    }
  }
  const text = query.toString();
  history.replaceState(null, '', location.pathname + (text && `?${text}`));
  route.query = query;
}

/** Follows a click on a link of the application without loading the page again. */
export function followLink(e: MouseEvent) {
  const link = (e.target as Element).closest('a');
  if (!link || link.origin !== location.origin || link.target || link.pathname.startsWith('/oauth2') || e.ctrlKey || e.metaKey || e.shiftKey || e.button !== 0 || link.hash === '#content') {
    return;
  }
  e.preventDefault();
  go(link.pathname + link.search + link.hash);
}
