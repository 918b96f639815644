// Everything on screen that a reader chose, as the query of the page's URL: a link shows the same again.
const defaults = {
  map: '', quantity: '', energy: '0', slice: 'all', colormap: '', stretch: '', min: '', max: '',
  frame: '', at: '', view: '', show: 'candidates,coverage', sources: '5', order: '', state: '', viewer: '', window: '',
};

export class Screen {
  #values;

  constructor() {
    this.read();
  }

  // After the browser went to another address.
  read() {
    const query = new URLSearchParams(location.search);
    this.#values = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, query.get(name) ?? value]));
  }

  get(name) {
    return this.#values[name];
  }

  set(changes) {
    Object.assign(this.#values, changes);
    history.replaceState(null, '', this.link(location.pathname));
  }

  link(path) {
    const query = new URLSearchParams(Object.entries(this.#values).filter(([name, value]) => value !== defaults[name]));
    return `${path}${query.size ? `?${query}` : ''}${location.hash}`;
  }

  // Numbers separated by commas; null if there are not that many.
  numbers(name, count) {
    const found = this.#values[name].split(',').map(part => part === '' ? NaN : Number(part));
    return found.length === count && found.every(Number.isFinite) ? found : null;
  }

  shows(name) {
    return this.#values.show.split(',').includes(name);
  }

  setShown(name, isShown) {
    const others = this.#values.show.split(',').filter(one => one && one !== name);
    this.set({ show: [...others, ...isShown ? [name] : []].sort().join(',') });
  }
}
