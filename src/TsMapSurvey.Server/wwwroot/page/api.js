// Requests JSON. The value is null if it is still being computed (pending, status 202) or if there is a problem.
export async function get(path) {
  const response = await fetch(path, { headers: { Accept: 'application/json' } });
  if (response.status === 202) return { value: null, pending: true };
  if (!response.ok) return { value: null, pending: false, problem: await problemOf(response) };
  return { value: await response.json(), pending: false, next: nextOf(response) };
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
  const response = await fetch(path);
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
