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

// A table; a column with a key can be sorted by it.
export function table(target, caption, columns, rows, sorting) {
  const head = element('tr', {}, ...columns.map(column => heading(column, sorting)));
  const kind = column => column.className ?? (column.number ? 'n' : '');
  const cell = (row, column, i) => element('td', { className: kind(column) }, ...[row.cells[i]].flat());
  const body = rows.map(row => element('tr', row.properties ?? {}, ...columns.map((column, i) => cell(row, column, i))));
  const focused = target.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  target.replaceChildren(element('caption', {}, caption), element('thead', {}, head), element('tbody', {}, ...body));
  // A table that is drawn anew keeps the focus of a reader at the keyboard.
  if (focused) target.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

function heading(column, sorting) {
  const made = element('th', { scope: 'col', className: column.number ? 'n' : '' });
  if (!sorting || !column.key) {
    made.textContent = column.title;
    return made;
  }
  const isChosen = sorting.key === column.key;
  made.setAttribute('aria-sort', isChosen ? (sorting.isDown ? 'descending' : 'ascending') : 'none');
  const button = element('button', { type: 'button', onclick: () => sorting.choose(column.key) }, column.title);
  button.dataset.focus = `sort-${column.key}`;
  made.append(button);
  return made;
}

export function options(select, items, chosen) {
  select.replaceChildren(...items.map(([value, text]) => element('option', { value, selected: value === chosen }, text)));
}
