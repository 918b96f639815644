// Elements are made without innerHTML, since names and reasons are untrusted text.
export const byId = id => document.getElementById(id);

export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name in made && name !== 'role') made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

export function svg(tag, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export function table(target, caption, columns, rows) {
  const head = element('tr', {}, ...columns.map(column => element('th', { scope: 'col', className: column.number ? 'n' : '' }, column.title)));
  const body = rows.map(row => element('tr', row.properties ?? {}, ...columns.map((column, i) => element('td', { className: column.className ?? (column.number ? 'n' : '') }, ...[row.cells[i]].flat()))));
  target.replaceChildren(element('caption', {}, caption), element('thead', {}, head), element('tbody', {}, ...body));
}

export function options(select, items, chosen) {
  select.replaceChildren(...items.map(([value, text]) => element('option', { value, selected: value === chosen }, text)));
}
