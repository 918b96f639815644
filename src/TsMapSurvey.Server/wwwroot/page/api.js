const keyName = 'tsmap-key';

// The key for changes, and for reading where the server asks for it. It is forgotten when the tab is closed.
export const key = {
  get: () => sessionStorage.getItem(keyName) ?? '',
  set: value => value ? sessionStorage.setItem(keyName, value) : sessionStorage.removeItem(keyName),
};

export function headers(more = {}) {
  return key.get() ? { ...more, 'Tsmap-Key': key.get() } : more;
}

// Requests JSON. The value is null if it is still being computed (pending, status 202) or if there is a problem.
export async function get(path) {
  const response = await fetch(path, { headers: headers({ Accept: 'application/json' }) });
  if (response.status === 202) return { value: null, pending: true };
  if (!response.ok) return { value: null, pending: false, status: response.status, problem: await problemOf(response) };
  return { value: await response.json(), pending: false, next: nextOf(response) };
}

// Asks for a change; the problem, or null.
export async function post(path) {
  const response = await fetch(path, { method: 'POST', headers: headers() });
  if (response.status === 401 || response.status === 403) return `${await problemOf(response)} Enter the key with the button Key.`;
  return response.ok ? null : problemOf(response);
}

// Reads all pages of a list, up to a limit of entries.
export async function all(path, limit = 5000) {
  const items = [];
  for (let at = path; at && items.length < limit;) {
    const { value, next } = await get(at);
    if (!value) break;
    items.push(...value);
    at = next;
  }
  return items;
}

// A decoded image; null if there is none yet.
export async function picture(path) {
  const response = await fetch(path, { headers: headers() });
  if (response.status !== 200) return null;
  const image = new Image();
  image.src = URL.createObjectURL(await response.blob());
  try {
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

export function survey(name) {
  const root = `/api/surveys/${encodeURIComponent(name)}`;
  return (path, parameters = {}) => {
    const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '')).toString();
    return `${root}${path}${query ? `?${query}` : ''}`;
  };
}

function nextOf(response) {
  return /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('Link') ?? '')?.[1];
}

async function problemOf(response) {
  try {
    const problem = await response.json();
    return problem.detail ?? problem.title;
  } catch {
    return `${response.status} ${response.statusText}`;
  }
}
